// Gradients: libtorch's own engine, driven from JavaScript.
#include "state.h"

#include <ATen/core/grad_mode.h>
#include <torch/csrc/autograd/autograd.h>
#include <torch/csrc/autograd/variable.h>

namespace semblance {
namespace {

const at::Tensor& first(Call& call) { return env_of(call.env)->get(to_handle(call.env, call.argv[0], "tensor")); }

std::vector<at::Tensor> tensors(Call& call, size_t index) {
  std::vector<at::Tensor> out;
  if (index >= call.argc || is_nullish(call.env, call.argv[index])) return out;
  uint32_t length = 0;
  napi_get_array_length(call.env, call.argv[index], &length);
  Env& state = *env_of(call.env);
  for (uint32_t i = 0; i < length; i++) {
    napi_value element;
    napi_get_element(call.env, call.argv[index], i, &element);
    out.push_back(is_nullish(call.env, element) ? at::Tensor() : state.get(to_handle(call.env, element, "tensor")));
  }
  return out;
}

// backward(roots, gradients, retainGraph, createGraph)
napi_value backward(Call& call) {
  torch::autograd::backward(tensors(call, 0), tensors(call, 1), to_bool(call.env, call.argv[2], "retainGraph"),
                            to_bool(call.env, call.argv[3], "createGraph"));
  return undefined(call.env);
}

// grad(outputs, inputs, gradients, retainGraph, createGraph, allowUnused): handles, 0 where unused.
napi_value grad_of(Call& call) {
  auto result = torch::autograd::grad(tensors(call, 0), tensors(call, 1), tensors(call, 2),
                                      to_bool(call.env, call.argv[3], "retainGraph"),
                                      to_bool(call.env, call.argv[4], "createGraph"),
                                      to_bool(call.env, call.argv[5], "allowUnused"));
  napi_value out;
  napi_create_array_with_length(call.env, result.size(), &out);
  for (size_t i = 0; i < result.size(); i++)
    napi_set_element(call.env, out, i, from_int(call.env, env_of(call.env)->put(call.env, result[i])));
  return out;
}

napi_value get_grad(Call& call) { return from_int(call.env, env_of(call.env)->put(call.env, first(call).grad())); }

napi_value set_grad(Call& call) {
  at::Tensor tensor = first(call);
  tensor.mutable_grad() = is_nullish(call.env, call.argv[1]) ? at::Tensor() : env_of(call.env)->get(to_handle(call.env, call.argv[1], "gradient"));
  return undefined(call.env);
}

napi_value requires_grad(Call& call) { return from_bool(call.env, first(call).requires_grad()); }

napi_value set_requires_grad(Call& call) {
  at::Tensor tensor = first(call);
  tensor.set_requires_grad(to_bool(call.env, call.argv[1], "requiresGrad"));
  return undefined(call.env);
}

napi_value is_leaf(Call& call) { return from_bool(call.env, first(call).is_leaf()); }

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
