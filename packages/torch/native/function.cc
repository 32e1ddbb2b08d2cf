// Gradients written in JavaScript: hooks and custom functions.
//
// libtorch runs the CPU part of a backward pass in the thread that asked for it, so JavaScript can be called from
// within. What it throws leaves the engine as a Failure and reaches the caller as the very error it was.
#include "state.h"

#include <torch/csrc/autograd/function.h>
#include <torch/csrc/autograd/functions/utils.h>
#include <torch/csrc/autograd/saved_variable.h>
#include <torch/csrc/autograd/variable.h>

namespace semblance {
namespace {

using torch::autograd::Node;
using torch::autograd::SavedVariable;
using torch::autograd::variable_list;

// Ends the JavaScript handles of one callback with it: a backward pass may make thousands.
struct HandleScope {
  napi_env env;
  napi_handle_scope scope = nullptr;
  explicit HandleScope(napi_env e) : env(e) { napi_open_handle_scope(env, &scope); }
  ~HandleScope() { napi_close_handle_scope(env, scope); }
};

void check_thread(const JsRef& function) {
  if (!function.is_own_thread())
    fail("TORCH_FAILED", "gradients written in JavaScript run only in the thread that made them, and on the CPU");
}

// Takes over a handle that JavaScript made for this purpose; 0 is "no tensor".
at::Tensor take(napi_env env, napi_value value) {
  Env& state = *env_of(env);
  uint32_t handle = to_handle(env, value, "gradient");
  if (handle == 0) return at::Tensor();
  at::Tensor tensor = state.get(handle);
  state.free(env, handle);
  return tensor;
}

// registerHook(tensor, fn): the hook's number. fn takes a handle and gives back a new handle, or 0 to leave it.
napi_value register_hook(Call& call) {
  auto function = std::make_shared<JsRef>(call.env, call.argv[1]);
  unsigned id = first_tensor(call).register_hook([function](at::Tensor gradient) -> at::Tensor {
    check_thread(*function);
    napi_env env = function->env();
    HandleScope scope(env);
    napi_value argument = from_int(env, env_of(env)->put(env, gradient));
    return take(env, call_js(*function, 1, &argument));
  });
  return from_int(call.env, id);
}

napi_value remove_hook(Call& call) {
  first_tensor(call).remove_hook(static_cast<unsigned>(to_int(call.env, call.argv[1], "hook")));
  return undefined(call.env);
}

struct JsNode : Node {
  std::string label;
  std::unique_ptr<JsRef> function;
  std::vector<SavedVariable> saved;
  bool released = false;

  std::string name() const override { return label; }

  void release_variables() override {
    for (auto& variable : saved) variable.reset_data();
    released = !saved.empty();
  }

  variable_list apply(variable_list&& gradients) override {
    if (released)
      fail("TORCH_FAILED", label + ": a second backward through a graph whose saved tensors are gone; ask for retainGraph the first time");
    check_thread(*function);
    napi_env env = function->env();
    HandleScope scope(env);
    for (size_t i = 0; i < gradients.size(); i++)
      if (!gradients[i].defined()) gradients[i] = input_metadata(i).zeros_like();
    std::vector<at::Tensor> unpacked;
    for (auto& variable : saved) unpacked.push_back(variable.unpack(shared_from_this()));
    napi_value needed;
    napi_create_array_with_length(env, num_outputs(), &needed);
    for (uint32_t i = 0; i < num_outputs(); i++) napi_set_element(env, needed, i, from_bool(env, task_should_compute_output(i)));
    napi_value argv[] = {handles_of(env, gradients), handles_of(env, unpacked), needed};
    napi_value result = call_js(*function, 3, argv);
    variable_list out(num_outputs());
    for (uint32_t i = 0; i < num_outputs(); i++) {
      napi_value element;
      napi_get_element(env, result, i, &element);
      out[i] = take(env, element);
    }
    return out;
  }
};

// customNode(inputs, outputs, saved, fn, name): new handles for the outputs, whose gradient fn computes.
// fn(gradients, saved, needed) takes handles and gives back a handle (0 for none) for each input.
napi_value custom_node(Call& call) {
  napi_env env = call.env;
  auto inputs = tensors_at(call, 0);
  auto outputs = tensors_at(call, 1);
  auto to_save = tensors_at(call, 2);
  std::vector<at::Tensor> results;
  if (!torch::autograd::compute_requires_grad(inputs)) return handles_of(env, outputs);

  std::shared_ptr<JsNode> node(new JsNode(), torch::autograd::deleteNode);
  node->label = to_string(env, call.argv[4], "name");
  node->function = std::make_unique<JsRef>(env, call.argv[3]);
  node->set_next_edges(torch::autograd::collect_next_edges(inputs));
  for (auto& output : outputs) {
    // Neither an input that is given back nor a view gets a second history: the result shares its memory only.
    at::Tensor result = output.variable_data();
    if (torch::autograd::isDifferentiableType(result.scalar_type()))
      torch::autograd::set_history(result, node);
    else
      node->add_input_metadata(Node::undefined_input());
    results.push_back(result);
  }
  for (auto& tensor : to_save) {
    size_t i = 0;
    while (i < outputs.size() && outputs[i].unsafeGetTensorImpl() != tensor.unsafeGetTensorImpl()) i++;
    bool is_output = i < outputs.size();
    node->saved.emplace_back(is_output ? results[i] : tensor, is_output);
  }
  return handles_of(env, results);
}

// share(tensor): a second handle of the same tensor.
napi_value share(Call& call) {
  at::Tensor tensor = first_tensor(call);
  return from_int(call.env, env_of(call.env)->put(call.env, std::move(tensor)));
}

}  // namespace

void init_functions(napi_env env, napi_value exports) {
  define(env, exports, "registerHook", guarded<register_hook>);
  define(env, exports, "removeHook", guarded<remove_hook>);
  define(env, exports, "customNode", guarded<custom_node>);
  define(env, exports, "share", guarded<share>);
}

}  // namespace semblance
