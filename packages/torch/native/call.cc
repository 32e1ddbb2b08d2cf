// C++ failures become JavaScript errors with a code.
#include "state.h"

namespace semblance {

void fail(const char* code, const std::string& message) { throw Failure(code, message); }

// What other ranks' failures look like from here; they can surface in any call that waits for them, backward too.
static const char* distributed_code(const std::string& message) {
  auto has = [&](const char* part) { return message.find(part) != std::string::npos; };
  if (has("Connection closed by peer") || has("Connection reset by peer") || has("Broken pipe")) return "DIST_PEER_LOST";
  if (has("Timed out waiting") || has("Socket Timeout") || has("Wait timeout") || has("monitoredBarrier")) return "DIST_TIMEOUT";
  return nullptr;
}

napi_value error_of(napi_env env, const std::string& given, const std::string& message) {
  const char* distributed = given == "TORCH_FAILED" ? distributed_code(message) : nullptr;
  napi_value error;
  napi_create_error(env, from_string(env, distributed ? distributed : given), from_string(env, message), &error);
  return error;
}

void throw_js(napi_env env, const std::string& given, const std::string& message) {
  bool pending = false;
  napi_is_exception_pending(env, &pending);
  if (pending) return;
  Env& state = *env_of(env);
  if (state.thrown) {
    napi_value error;
    napi_get_named_property(env, state.thrown->value(), "error", &error);
    state.thrown.reset();
    napi_throw(env, error);
    return;
  }
  napi_throw(env, error_of(env, given, message));
}

std::string sentence_of(const c10::Error& error) {
  std::string text = error.what_without_backtrace();
  auto cut = text.find("\nException raised from");
  if (cut != std::string::npos) text.resize(cut);
  // What follows is a list of every backend there is.
  cut = text.find(" is only available for these backends");
  if (cut != std::string::npos) text.resize(cut);
  return text;
}

}  // namespace semblance
