// Anomaly detection: every gradient function remembers the operator that made it and where JavaScript called it.
//
// libtorch asks its engine for an AnomalyMetadata for each gradient function made while anomaly detection is on,
// lets it store a stack, and prints that when the function fails or returns NaN. Python puts an engine of its own
// in place for this; so does this file.
#include "anomaly.h"

#include <torch/csrc/autograd/anomaly_mode.h>
#include <torch/csrc/autograd/engine.h>
#include <torch/csrc/autograd/function.h>

namespace semblance {
namespace {

thread_local napi_env this_env = nullptr;
thread_local std::string last_anomaly;

std::string js_stack(napi_env env) {
  napi_value message, error, stack;
  napi_create_string_utf8(env, "", 0, &message);
  if (napi_create_error(env, nullptr, message, &error) != napi_ok) return "";
  if (napi_get_named_property(env, error, "stack", &stack) != napi_ok) return "";
  std::string text = to_string(env, stack, "stack");
  auto line = text.find('\n');
  return line == std::string::npos ? "" : text.substr(line);
}

struct Metadata : torch::autograd::AnomalyMetadata {
  std::string origin;
  std::shared_ptr<torch::autograd::Node> parent;

  void store_stack() override {
    if (!this_env) return;
    Env& state = *env_of(this_env);
    if (state.current_op)
      origin = state.current_op->name + " (" + shapes_of(state, this_env, *state.current_op, *state.current_call) + ")";
    else
      origin = "a custom function";
    origin += js_stack(this_env);
  }

  void print_stack(const std::string& node) override {
    last_anomaly = "\n" + node + " is the gradient of " + (origin.empty() ? "an operator that ran before anomaly detection was on" : origin);
    // A gradient of a gradient came from another one.
    if (parent) {
      auto metadata = dynamic_cast<Metadata*>(parent->metadata());
      if (metadata && !metadata->origin.empty()) last_anomaly += "\nmade by the gradient of " + metadata->origin;
    }
  }

  void assign_parent(const std::shared_ptr<torch::autograd::Node>& node) override { parent = node; }
};

struct NamingEngine : torch::autograd::Engine {
  std::unique_ptr<torch::autograd::AnomalyMetadata> make_anomaly_metadata() override { return std::make_unique<Metadata>(); }
};

torch::autograd::Engine& engine() {
  // Never destroyed: its threads may outlive static destructors.
  static NamingEngine* one = new NamingEngine();
  return *one;
}

// setAnomaly(enabled, checkNaN): [enabled, checkNaN] as they were. For the whole process.
napi_value set_anomaly(Call& call) {
  using torch::autograd::AnomalyMode;
  napi_value out;
  napi_create_array_with_length(call.env, 2, &out);
  napi_set_element(call.env, out, 0, from_bool(call.env, AnomalyMode::is_enabled()));
  napi_set_element(call.env, out, 1, from_bool(call.env, AnomalyMode::should_check_nan()));
  AnomalyMode::set_enabled(to_bool(call.env, call.argv[0], "enabled"), to_bool(call.env, call.argv[1], "checkNaN"));
  return out;
}

}  // namespace

std::string take_anomaly() {
  std::string out;
  out.swap(last_anomaly);
  return out;
}

void init_anomaly(napi_env env, napi_value exports) {
  this_env = env;
  napi_add_env_cleanup_hook(env, [](void*) { this_env = nullptr; }, nullptr);
  torch::autograd::set_default_engine_stub(engine);
  define(env, exports, "setAnomaly", guarded<set_anomaly>);
}

}  // namespace semblance
