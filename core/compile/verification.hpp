// ModelVerification → records to score and what they should give (spec: Model Verification).
#pragma once

#include "compile/builder.hpp"

namespace scorelet::compile {

void compileVerification(Builder& builder, xml::Element model);

}  // namespace scorelet::compile
