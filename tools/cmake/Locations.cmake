# The directories made by tools/setup. `SCORELET_CACHE` moves all of them; `SCORELET_SOURCES` points at
# third-party sources of your own (one folder per library, as listed in docs/dependencies.md).
if(DEFINED ENV{SCORELET_CACHE})
  set(_cache "$ENV{SCORELET_CACHE}")
elseif(DEFINED ENV{XDG_CACHE_HOME})
  set(_cache "$ENV{XDG_CACHE_HOME}/scorelet")
else()
  set(_cache "$ENV{HOME}/.cache/scorelet")
endif()
set(SCORELET_CACHE "${_cache}" CACHE PATH "directory made by tools/setup")

if(DEFINED ENV{SCORELET_SOURCES})
  set(_sources "$ENV{SCORELET_SOURCES}")
else()
  set(_sources "${SCORELET_CACHE}/sources")
endif()
set(SCORELET_SOURCES "${_sources}" CACHE PATH "third-party sources")
