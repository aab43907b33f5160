# A WASI reactor, which has no entry point: it exports what exports.txt beside its CMakeLists.txt lists, which tests compare
# with the module.
function(scorelet_reactor_module target)
  set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS exports.txt)
  file(STRINGS exports.txt names)
  list(REMOVE_ITEM names memory _initialize)  # the linker's own
  list(FILTER names EXCLUDE REGEX ":")        # of a component: no symbol, the source says it
  list(TRANSFORM names PREPEND "LINKER:--export=")
  # The stack below the data: an overflow traps.
  target_link_options(${target} PRIVATE -mexec-model=reactor ${names} LINKER:--strip-all
    LINKER:--stack-first LINKER:-z,stack-size=1048576)
endfunction()
