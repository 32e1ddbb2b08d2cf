// What an operator gives, and how it fails, as JavaScript gets it.
#include "state.h"

namespace semblance {

napi_value from_ivalue(Env& state, napi_env env, const c10::IValue& value) {
  if (value.isTensor()) {
    napi_value out;
    napi_create_uint32(env, state.put(env, value.toTensor()), &out);
    return out;
  }
  if (value.isInt()) return from_int(env, value.toInt());
  if (value.isDouble()) return from_double(env, value.toDouble());
  if (value.isBool()) return from_bool(env, value.toBool());
  if (value.isString()) return from_string(env, value.toStringRef());
  if (value.isDevice()) return from_string(env, value.toDevice().str());
  if (value.isScalar()) {
    auto scalar = value.toScalar();
    if (scalar.isIntegral(true)) return from_int(env, scalar.toLong());
    return from_double(env, scalar.toDouble());
  }
  if (value.isList()) {
    auto list = value.toList();
    napi_value out;
    napi_create_array_with_length(env, list.size(), &out);
    for (size_t i = 0; i < list.size(); i++) napi_set_element(env, out, i, from_ivalue(state, env, list.get(i)));
    return out;
  }
  napi_value out;
  napi_get_null(env, &out);
  return out;
}

napi_value results_of(Env& state, napi_env env, const Op& op, const std::vector<c10::IValue>& stack) {
  auto result = [&](size_t i) {
    int alias = op.returns[i].alias_of;
    return alias >= 0 && !op.returns[i].kind.list ? from_int(env, -1 - alias) : from_ivalue(state, env, stack[i]);
  };
  if (stack.empty()) return undefined(env);
  if (stack.size() == 1) return result(0);
  napi_value out;
  napi_create_array_with_length(env, stack.size(), &out);
  for (size_t i = 0; i < stack.size(); i++) napi_set_element(env, out, i, result(i));
  return out;
}

std::string shapes_of(Env& state, napi_env env, const Op& op, Call& call) {
  std::string out;
  auto add = [&](const std::string& name, napi_value value) {
    uint32_t handle;
    if (napi_get_value_uint32(env, value, &handle) != napi_ok || handle == 0 || handle >= state.slots.size()) return;
    out += (out.empty() ? "" : ", ") + name + ": " + describe(state.slots[handle]);
  };
  for (size_t i = 0; i < op.args.size() && i + 1 < call.argc; i++) {
    if (op.args[i].kind.base != Base::Tensor) continue;
    if (!op.args[i].kind.list) {
      add(op.args[i].name, call.argv[i + 1]);
      continue;
    }
    uint32_t length = 0;
    if (napi_get_array_length(env, call.argv[i + 1], &length) != napi_ok) continue;
    for (uint32_t j = 0; j < length && j < 8; j++) {
      napi_value element;
      napi_get_element(env, call.argv[i + 1], j, &element);
      add(op.args[i].name + "[" + std::to_string(j) + "]", element);
    }
  }
  return out;
}

Failure op_failure(const Op& op, const c10::Error& error, const std::string& shapes) {
  std::string text = sentence_of(error);
  bool memory = text.find("can't allocate memory") != std::string::npos || text.find("out of memory") != std::string::npos;
  return Failure(memory ? "TORCH_OUT_OF_MEMORY" : "TORCH_OP_FAILED", op.name + ": " + text + " (" + shapes + ")");
}

Failure op_failure(const Op& op, const std::exception& error, const std::string& shapes) {
  return Failure("TORCH_OP_FAILED", op.name + ": " + error.what() + " (" + shapes + ")");
}

}  // namespace semblance
