// Per-environment state of the addon and the small helpers every file here uses.
//
// A tensor crosses to JavaScript as a handle: an index into a table of at::Tensor that belongs to one
// JavaScript environment (main thread or worker). Handle 0 is "no tensor". Numbers are the cheapest thing
// Node-API can carry, and no JavaScript value is ever touched by another thread.
#pragma once

#include <ATen/ATen.h>
#include <ATen/core/Generator.h>
#include <ATen/core/dispatch/Dispatcher.h>
#include <c10/core/InferenceMode.h>
#include <node_api.h>

#include <atomic>
#include <cstdint>
#include <deque>
#include <memory>
#include <mutex>
#include <stdexcept>
#include <string>
#include <thread>
#include <unordered_map>
#include <vector>

namespace semblance {

// What an argument or result of an operator is, read once from its schema.
enum class Base : uint8_t { Tensor, Int, Float, Scalar, Bool, String, Device, Generator, Other };

// In schemas these are integers; callers give their names, and no other name or number.
enum class Enumeration : uint8_t { None, ScalarType, Layout, MemoryFormat };

struct Kind {
  Base base = Base::Other;
  Enumeration enumeration = Enumeration::None;
  bool optional = false;         // T?
  bool list = false;             // T[]
  bool optional_elements = false;  // T?[]
  bool broadcast = false;        // T[n]: one value stands for the list
};

struct Arg {
  std::string name;
  Kind kind;
  bool kwarg_only = false;
  bool out = false;
  bool has_default = false;
  c10::IValue default_value;
  int32_t fixed_size = 0;
};

struct Ret {
  Kind kind;
  int alias_of = -1;  // index of the argument written to and returned, or -1
};

struct Op {
  c10::OperatorHandle handle;
  std::string name;
  std::vector<Arg> args;
  std::vector<Ret> returns;
};

struct Call;

// References to JavaScript values that other threads let go of: only their own thread may delete them.
struct Releases {
  napi_env env;
  std::thread::id owner = std::this_thread::get_id();
  std::mutex mutex;
  std::vector<napi_ref> refs;
  std::atomic<bool> waiting{false};
  bool closed = false;  // the environment is gone and its references with it

  explicit Releases(napi_env e) : env(e) {}
  bool is_own_thread() const { return std::this_thread::get_id() == owner; }
  void drain();
  void close();
};

// Holds a JavaScript value; may be destroyed by any thread and at any time.
class JsRef {
 public:
  JsRef(napi_env env, napi_value value);
  ~JsRef();
  JsRef(const JsRef&) = delete;
  napi_env env() const { return releases_->env; }
  bool is_own_thread() const { return releases_->is_own_thread() && !releases_->closed; }
  napi_value value() const;

 private:
  std::shared_ptr<Releases> releases_;
  napi_ref ref_ = nullptr;
};

struct Env {
  explicit Env(napi_env env) : releases(std::make_shared<Releases>(env)) {}
  ~Env();

  std::shared_ptr<Releases> releases;
  std::vector<at::Generator> generators{at::Generator()};
  std::vector<std::unique_ptr<c10::InferenceMode>> inference_modes;
  // An error thrown by JavaScript that libtorch called, on its way through C++ back to JavaScript.
  std::unique_ptr<JsRef> thrown;
  // The operator under way, for anomaly detection to name.
  const Op* current_op = nullptr;
  Call* current_call = nullptr;

  std::vector<at::Tensor> slots{at::Tensor()};
  std::vector<int64_t> slot_bytes{0};
  std::vector<bool> slot_collected{false};  // by JavaScript's garbage collector
  std::vector<uint32_t> free_slots;
  // Operators keep their place: a call may lead back to JavaScript, which may look up more of them.
  std::deque<Op> ops;
  std::unordered_map<std::string, uint32_t> op_ids;
  int64_t live_tensors = 0;
  int64_t live_bytes = 0;
  int64_t peak_bytes = 0;
  int64_t unreported_bytes = 0;

  uint32_t put(napi_env env, at::Tensor tensor);
  void free(napi_env env, uint32_t handle);
  // From here on the garbage collector owns the tensor: it is told of the bytes.
  void leave_to_collector(napi_env env, uint32_t handle);
  // Throws std::invalid_argument for a handle that is free or out of range.
  const at::Tensor& get(uint32_t handle) const;
};

Env* env_of(napi_env env);

// A failure with a stable code, turned into a JavaScript error by `guarded`.
struct Failure : std::runtime_error {
  std::string code;
  Failure(std::string c, const std::string& message) : std::runtime_error(message), code(std::move(c)) {}
};

[[noreturn]] void fail(const char* code, const std::string& message);
void throw_js(napi_env env, const std::string& code, const std::string& message);
// libtorch's message without its C++ stack.
std::string sentence_of(const c10::Error& error);

constexpr size_t kMaxArgs = 40;
struct Call {
  napi_env env;
  size_t argc = kMaxArgs;
  napi_value argv[kMaxArgs];
};

// "self: float32[2,3], other: float32[4]" of the tensors a call was given.
std::string shapes_of(Env& state, napi_env env, const Op& op, Call& call);

// The operator whose id is argument 0; the arguments after it by its schema; its results as JavaScript gets them.
const Op& op_at(Call& call);
std::vector<c10::IValue> arguments_of(Env& state, const Op& op, Call& call);
napi_value results_of(Env& state, napi_env env, const Op& op, const std::vector<c10::IValue>& stack);
Failure op_failure(const Op& op, const c10::Error& error, const std::string& shapes);
Failure op_failure(const Op& op, const std::exception& error, const std::string& shapes);

// Calls a JavaScript function from inside libtorch. What it throws is kept in Env::thrown and travels as a Failure.
napi_value call_js(const JsRef& function, size_t argc, const napi_value* argv);

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

void define(napi_env env, napi_value exports, const char* name, napi_callback fn);

bool is_nullish(napi_env env, napi_value value);
int64_t to_int(napi_env env, napi_value value, const char* what);
double to_double(napi_env env, napi_value value, const char* what);
bool to_bool(napi_env env, napi_value value, const char* what);
std::string to_string(napi_env env, napi_value value, const char* what);
uint32_t to_handle(napi_env env, napi_value value, const char* what);
std::vector<int64_t> to_ints(napi_env env, napi_value value, const char* what);

// The tensor whose handle is argument 0; the tensors whose handles are in the list at `index` (null: undefined ones).
const at::Tensor& first_tensor(Call& call);
std::vector<at::Tensor> tensors_at(Call& call, size_t index);
std::vector<at::Tensor> tensors_in(napi_env env, napi_value list);
napi_value handles_of(napi_env env, const std::vector<at::Tensor>& tensors);

napi_value from_int(napi_env env, int64_t value);
napi_value from_double(napi_env env, double value);
napi_value from_bool(napi_env env, bool value);
napi_value from_string(napi_env env, const std::string& value);
napi_value undefined(napi_env env);

std::string dtype_name(at::ScalarType type);
// Codes for the strings a caller may give where a schema says ScalarType, Layout or MemoryFormat.
bool enum_code(const std::string& name, Enumeration enumeration, int64_t* out);
int64_t to_enum(napi_env env, napi_value value, Enumeration enumeration, const char* what);
std::string describe(const at::Tensor& tensor);

void init_dispatch(napi_env env, napi_value exports);
void init_tensor(napi_env env, napi_value exports);
void init_autograd(napi_env env, napi_value exports);
void init_functions(napi_env env, napi_value exports);
void init_anomaly(napi_env env, napi_value exports);
void init_modes(napi_env env, napi_value exports);
void init_sharing(napi_env env, napi_value exports);
void init_runtime(napi_env env, napi_value exports);
void init_cuda(napi_env env, napi_value exports);
void init_allocator(napi_env env, napi_value exports);
void init_profiler(napi_env env, napi_value exports);
void init_background(napi_env env, napi_value exports);

}  // namespace semblance
