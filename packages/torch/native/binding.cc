// The addon's entry: a list of what it is made of.
#include "state.h"

namespace semblance {

// Absent where the build leaves distributed training out.
__attribute__((weak)) void init_distributed(napi_env env, napi_value exports);

static napi_value init(napi_env env, napi_value exports) {
  napi_set_instance_data(env, new Env(env), [](napi_env, void* data, void*) { delete static_cast<Env*>(data); }, nullptr);
  init_schema(env, exports);
  init_dispatch(env, exports);
  init_tensor(env, exports);
  init_sharing(env, exports);
  init_autograd(env, exports);
  init_functions(env, exports);
  init_anomaly(env, exports);
  init_modes(env, exports);
  init_runtime(env, exports);
  init_cuda(env, exports);
  init_allocator(env, exports);
  init_profiler(env, exports);
  init_background(env, exports);
  if (init_distributed) init_distributed(env, exports);
  return exports;
}

}  // namespace semblance

NAPI_MODULE_INIT() { return semblance::init(env, exports); }
