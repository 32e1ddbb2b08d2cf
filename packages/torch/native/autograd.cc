// Gradients: libtorch's own engine, driven from JavaScript.
#include "anomaly.h"
#include "state.h"

#include <ATen/core/grad_mode.h>
#include <torch/csrc/autograd/autograd.h>
#include <torch/csrc/autograd/variable.h>

namespace semblance {
namespace {

// backward(roots, gradients, retainGraph, createGraph)
napi_value backward(Call& call) {
  named_anomalies([&] {
    torch::autograd::backward(tensors_at(call, 0), tensors_at(call, 1), to_bool(call.env, call.argv[2], "retainGraph"),
                              to_bool(call.env, call.argv[3], "createGraph"));
  });
  return undefined(call.env);
}

// grad(outputs, inputs, gradients, retainGraph, createGraph, allowUnused): handles, 0 where unused.
napi_value grad_of(Call& call) {
  std::vector<at::Tensor> result;
  named_anomalies([&] {
    result = torch::autograd::grad(tensors_at(call, 0), tensors_at(call, 1), tensors_at(call, 2),
                                   to_bool(call.env, call.argv[3], "retainGraph"),
                                   to_bool(call.env, call.argv[4], "createGraph"),
                                   to_bool(call.env, call.argv[5], "allowUnused"));
  });
  return handles_of(call.env, result);
}

napi_value get_grad(Call& call) { return from_int(call.env, env_of(call.env)->put(call.env, first_tensor(call).grad())); }

napi_value set_grad(Call& call) {
  at::Tensor tensor = first_tensor(call);
  tensor.mutable_grad() = is_nullish(call.env, call.argv[1]) ? at::Tensor() : env_of(call.env)->get(to_handle(call.env, call.argv[1], "gradient"));
  return undefined(call.env);
}

napi_value requires_grad(Call& call) { return from_bool(call.env, first_tensor(call).requires_grad()); }

napi_value set_requires_grad(Call& call) {
  at::Tensor tensor = first_tensor(call);
  tensor.set_requires_grad(to_bool(call.env, call.argv[1], "requiresGrad"));
  return undefined(call.env);
}

napi_value is_leaf(Call& call) { return from_bool(call.env, first_tensor(call).is_leaf()); }

napi_value set_grad_enabled(Call& call) {
  bool before = at::GradMode::is_enabled();
  at::GradMode::set_enabled(to_bool(call.env, call.argv[0], "enabled"));
  return from_bool(call.env, before);
}

napi_value is_grad_enabled(Call& call) { return from_bool(call.env, at::GradMode::is_enabled()); }

}  // namespace

void init_autograd(napi_env env, napi_value exports) {
  define(env, exports, "backward", guarded<backward>);
  define(env, exports, "gradOf", guarded<grad_of>);
  define(env, exports, "getGrad", guarded<get_grad>);
  define(env, exports, "setGrad", guarded<set_grad>);
  define(env, exports, "requiresGrad", guarded<requires_grad>);
  define(env, exports, "setRequiresGrad", guarded<set_requires_grad>);
  define(env, exports, "isLeaf", guarded<is_leaf>);
  define(env, exports, "setGradEnabled", guarded<set_grad_enabled>);
  define(env, exports, "isGradEnabled", guarded<is_grad_enabled>);
}

}  // namespace semblance
