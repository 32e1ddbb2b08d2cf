// One call from JavaScript, and the way of its failures back there.
#pragma once

#include <c10/util/Exception.h>
#include <node_api.h>

#include <stdexcept>
#include <string>

namespace semblance {

// A failure with a stable code, turned into a JavaScript error by `guarded`.
struct Failure : std::runtime_error {
  std::string code;
  Failure(std::string c, const std::string& message) : std::runtime_error(message), code(std::move(c)) {}
};

[[noreturn]] void fail(const char* code, const std::string& message);
// An error with a code; of TORCH_FAILED, what other ranks' failures look like from here gets a code of its own.
napi_value error_of(napi_env env, const std::string& given, const std::string& message);
void throw_js(napi_env env, const std::string& given, const std::string& message);
// libtorch's message without its C++ stack.
std::string sentence_of(const c10::Error& error);

constexpr size_t kMaxArgs = 40;
struct Call {
  napi_env env;
  size_t argc = kMaxArgs;
  napi_value argv[kMaxArgs];
};

// Runs fn(call) and turns every C++ exception into a JavaScript one.
template <napi_value (*Fn)(Call&)>
napi_value guarded(napi_env env, napi_callback_info info) {
  Call call{env};
  napi_get_cb_info(env, info, &call.argc, call.argv, nullptr, nullptr);
  try {
    return Fn(call);
  } catch (const Failure& e) {
    throw_js(env, e.code, e.what());
  } catch (const c10::Error& e) {
    throw_js(env, "TORCH_FAILED", sentence_of(e));
  } catch (const std::exception& e) {
    throw_js(env, "TORCH_FAILED", e.what());
  } catch (...) {
    throw_js(env, "TORCH_FAILED", "unknown native failure");
  }
  return nullptr;
}

}  // namespace semblance
