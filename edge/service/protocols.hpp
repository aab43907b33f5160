// What the service answers: one function for each thing that can be asked.
#pragma once

#include "service/call.hpp"

namespace scorelet::service {

// Open Inference Protocol v2 (open_inference.cpp)
Answer<Response> describeServer(Call& call);
Answer<Response> describeTensors(Call& call);
Answer<Response> tellModelReady(Call& call);
Answer<Response> infer(Call& call);

// Models as resources, as Openscoring has them (models.cpp, evaluate.cpp)
Answer<Response> listModels(Call& call);
Answer<Response> describeModel(Call& call);
Answer<Response> giveDocument(Call& call);
Answer<Response> giveManifest(Call& call);
Answer<Response> deploy(Call& call);
Answer<Response> undeploy(Call& call);
Answer<Response> evaluate(Call& call);
Answer<Response> evaluateBatch(Call& call);
Answer<Response> evaluateCsv(Call& call);

// One container, one model: Amazon SageMaker, MLflow (invocations.cpp)
Answer<Response> invoke(Call& call);

// Versions side by side, and groups of models (releases.cpp)
Answer<Response> tellRelease(Call& call);
Answer<Response> setRelease(Call& call);
Answer<Response> listGroup(Call& call);

// The store as files, to be carried elsewhere (store_files.cpp)
Answer<Response> giveChanges(Call& call);
Answer<Response> takeChanges(Call& call);
Answer<Response> giveObject(Call& call);
Answer<Response> takeObject(Call& call);

// Explanations (questions.cpp)
Answer<Response> explain(Call& call);
Answer<Response> whatIf(Call& call);
Answer<Response> goalSeek(Call& call);

// The record of predictions (records.cpp)
Answer<Response> listRecords(Call& call);
Answer<Response> giveRecords(Call& call);
Answer<Response> forgetKey(Call& call);
Answer<Response> expireRecords(Call& call);

// The service itself (operations.cpp)
Answer<Response> tellLive(Call& call);
Answer<Response> tellReady(Call& call);
Answer<Response> tellVersion(Call& call);
Answer<Response> giveMetrics(Call& call);
Answer<Response> giveOpenApi(Call& call);

/// Serves what was deployed, and remembers it where there is a store. Tells what became of it: 201 new, 200 replaced.
[[nodiscard]] Answer<int> putDeployment(Shared& shared, const std::shared_ptr<Deployment>& deployment,
                                        const std::string& alias, const Author& author);

/// The schema and the properties of a model, as Openscoring says them.
[[nodiscard]] std::string modelJson(const Deployment& deployment);

/// The service's own description, OpenAPI 3.1.
[[nodiscard]] std::string_view openApi() noexcept;

}  // namespace scorelet::service
