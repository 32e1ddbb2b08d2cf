// One boxed call reaches every operator.
#include "state.h"

namespace semblance {

const Op& op_at(Call& call) {
  Env& state = *env_of(call.env);
  uint32_t id = to_handle(call.env, call.argv[0], "operator");
  if (id >= state.ops.size()) fail("TORCH_BAD_ARGUMENT", "no such operator id");
  return state.ops[id];
}

namespace {

// call(id, ...args): positional in the schema's order, undefined where the default is meant.
// Returns one value, or an array where the schema returns several; a result that is an argument written to
// in place comes back as -1 - index, so that JavaScript gives back the very object it was given.
napi_value call_op(Call& call) {
  napi_env env = call.env;
  Env& state = *env_of(env);
  const Op& op = op_at(call);
  // A custom function's backward calls operators while one is under way.
  struct Current {
    Env& state;
    const Op* op;
    Call* call;
    ~Current() { state.current_op = op, state.current_call = call; }
  } restore{state, state.current_op, state.current_call};
  state.current_op = &op;
  state.current_call = &call;
  try {
    torch::jit::Stack stack = arguments_of(state, op, call);
    op.handle.callBoxed(&stack);
    return results_of(state, env, op, stack);
  } catch (const Failure& e) {
    fail(e.code.c_str(), op.name + ": " + e.what());
  } catch (const c10::Error& e) {
    throw op_failure(op, e, shapes_of(state, env, op, call));
  } catch (const std::exception& e) {
    throw op_failure(op, e, shapes_of(state, env, op, call));
  }
}

}  // namespace

void init_dispatch(napi_env env, napi_value exports) { define(env, exports, "call", guarded<call_op>); }

}  // namespace semblance
