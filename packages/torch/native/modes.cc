// Modes of the engine that JavaScript turns on for the time of a function.
#include "compat.h"
#include "state.h"

namespace semblance {
namespace {

// pushInferenceMode(enabled), popInferenceMode(): pairs, the innermost ended first.
napi_value push_inference(Call& call) {
  env_of(call.env)->inference_modes.push_back(std::make_unique<c10::InferenceMode>(to_bool(call.env, call.argv[0], "enabled")));
  return undefined(call.env);
}

napi_value pop_inference(Call& call) {
  auto& modes = env_of(call.env)->inference_modes;
  if (modes.empty()) fail("TORCH_FAILED", "no inference mode is open");
  modes.pop_back();
  return undefined(call.env);
}

napi_value is_inference_mode(Call& call) { return from_bool(call.env, c10::InferenceMode::is_enabled()); }
napi_value is_inference(Call& call) { return from_bool(call.env, first_tensor(call).is_inference()); }

// setAutocast(device, enabled, dtype): [enabled, dtype] as they were.
napi_value set_autocast_mode(Call& call) {
  c10::Device device(to_string(call.env, call.argv[0], "device"));
  if (!device.is_cpu() && !device.is_cuda()) fail("TORCH_BAD_ARGUMENT", "Expected cpu or cuda for device but received " + device.str());
  Autocast before = autocast_of(device.type());
  Autocast wanted{to_bool(call.env, call.argv[1], "enabled"),
                  static_cast<at::ScalarType>(to_enum(call.env, call.argv[2], Enumeration::ScalarType, "dtype"))};
  set_autocast(device.type(), wanted);
  napi_value out;
  napi_create_array_with_length(call.env, 2, &out);
  napi_set_element(call.env, out, 0, from_bool(call.env, before.enabled));
  napi_set_element(call.env, out, 1, from_string(call.env, dtype_name(before.dtype)));
  return out;
}

// nestAutocast(enter): weights are cast once within the outermost autocast and forgotten at its end.
napi_value nest_autocast(Call& call) {
  if (to_bool(call.env, call.argv[0], "enter"))
    at::autocast::increment_nesting();
  else if (at::autocast::decrement_nesting() == 0)
    at::autocast::clear_cache();
  return undefined(call.env);
}

}  // namespace

void init_modes(napi_env env, napi_value exports) {
  define(env, exports, "pushInferenceMode", guarded<push_inference>);
  define(env, exports, "popInferenceMode", guarded<pop_inference>);
  define(env, exports, "isInferenceMode", guarded<is_inference_mode>);
  define(env, exports, "isInference", guarded<is_inference>);
  define(env, exports, "setAutocast", guarded<set_autocast_mode>);
  define(env, exports, "nestAutocast", guarded<nest_autocast>);
}

}  // namespace semblance
