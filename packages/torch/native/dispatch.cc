// One boxed call reaches every operator: its schema says how each JavaScript value becomes an IValue.
#include "state.h"

namespace semblance {
namespace {

Enumeration enumeration_of(c10::TypePtr type) {
  if (auto optional = type->cast<c10::OptionalType>()) return enumeration_of(optional->getElementType());
  switch (type->kind()) {
    case c10::TypeKind::ScalarTypeType: return Enumeration::ScalarType;
    case c10::TypeKind::LayoutType: return Enumeration::Layout;
    case c10::TypeKind::MemoryFormatType: return Enumeration::MemoryFormat;
    default: return Enumeration::None;
  }
}

Kind kind_of(c10::TypePtr type) {
  Kind kind;
  if (auto optional = type->cast<c10::OptionalType>()) {
    kind = kind_of(optional->getElementType());
    kind.optional = true;
    return kind;
  }
  if (auto list = type->cast<c10::ListType>()) {
    Kind element = kind_of(list->getElementType());
    kind.base = element.list ? Base::Other : element.base;
    kind.list = true;
    kind.optional_elements = element.optional;
    return kind;
  }
  switch (type->kind()) {
    case c10::TypeKind::TensorType: kind.base = Base::Tensor; break;
    case c10::TypeKind::IntType:
    case c10::TypeKind::SymIntType: kind.base = Base::Int; break;
    case c10::TypeKind::FloatType: kind.base = Base::Float; break;
    case c10::TypeKind::NumberType: kind.base = Base::Scalar; break;
    case c10::TypeKind::BoolType: kind.base = Base::Bool; break;
    case c10::TypeKind::StringType: kind.base = Base::String; break;
    case c10::TypeKind::DeviceObjType: kind.base = Base::Device; break;
    case c10::TypeKind::GeneratorType: kind.base = Base::Generator; break;
    default: kind.base = Base::Other;
  }
  return kind;
}

bool writes(const c10::Argument& argument) {
  return argument.alias_info() != nullptr && argument.alias_info()->isWrite();
}

Op prepare(c10::OperatorHandle handle) {
  const auto& schema = handle.schema();
  Op op{handle, schema.name() + (schema.overload_name().empty() ? "" : "." + schema.overload_name()), {}, {}};
  for (const auto& argument : schema.arguments()) {
    Arg arg;
    arg.name = argument.name();
    arg.kind = kind_of(argument.type());
    arg.kind.enumeration = enumeration_of(argument.real_type());
    arg.kwarg_only = argument.kwarg_only();
    arg.out = argument.is_out();
    if (argument.N()) arg.fixed_size = *argument.N(), arg.kind.broadcast = true;
    if (argument.default_value()) arg.has_default = true, arg.default_value = *argument.default_value();
    op.args.push_back(std::move(arg));
  }
  for (const auto& returned : schema.returns()) {
    Ret ret{kind_of(returned.type()), -1};
    if (writes(returned)) {
      for (size_t i = 0; i < schema.arguments().size(); i++) {
        const auto& argument = schema.arguments()[i];
        if (writes(argument) && argument.alias_info()->beforeSets() == returned.alias_info()->beforeSets())
          ret.alias_of = static_cast<int>(i);
      }
    }
    op.returns.push_back(ret);
  }
  return op;
}

at::Scalar to_scalar(napi_env env, napi_value value, const char* what) {
  napi_valuetype type;
  napi_typeof(env, value, &type);
  if (type == napi_boolean) return at::Scalar(to_bool(env, value, what));
  if (type == napi_bigint) return at::Scalar(to_int(env, value, what));
  double number = to_double(env, value, what);
  // JavaScript has one kind of number: a whole one is an integer scalar, as `2` is in Python.
  if (number == static_cast<double>(static_cast<int64_t>(number)) && std::abs(number) < 9007199254740992.0)
    return at::Scalar(static_cast<int64_t>(number));
  return at::Scalar(number);
}

c10::Device to_device(napi_env env, napi_value value, const char* what) {
  c10::Device device(to_string(env, value, what));
  if (device.is_cuda() && !at::hasCUDA()) fail("TORCH_NO_DEVICE", "Expected a device of this machine for " + std::string(what) + " but received \"" + device.str() + "\": this libtorch sees no CUDA device");
  return device;
}

c10::IValue to_single(Env& state, napi_env env, napi_value value, const Kind& kind, const char* what) {
  if (kind.enumeration != Enumeration::None) return to_enum(env, value, kind.enumeration, what);
  switch (kind.base) {
    case Base::Tensor: return state.get(to_handle(env, value, what));
    case Base::Int: return to_int(env, value, what);
    case Base::Float: return to_double(env, value, what);
    case Base::Scalar: return to_scalar(env, value, what);
    case Base::Bool: return to_bool(env, value, what);
    case Base::String: return to_string(env, value, what);
    case Base::Device: return to_device(env, value, what);
    case Base::Generator: {
      uint32_t index = to_handle(env, value, what);
      if (index == 0 || index >= state.generators.size() || !state.generators[index].defined())
        fail("TORCH_BAD_ARGUMENT", std::string("Expected a Generator for ") + what);
      return state.generators[index];
    }
    default: fail("TORCH_UNSUPPORTED_ARGUMENT", std::string("an argument of this kind cannot be given from JavaScript: ") + what);
  }
}

template <typename T, typename Read>
c10::IValue to_list(napi_env env, napi_value value, Read read) {
  uint32_t length = 0;
  napi_get_array_length(env, value, &length);
  c10::List<T> out;
  out.reserve(length);
  for (uint32_t i = 0; i < length; i++) {
    napi_value element;
    napi_get_element(env, value, i, &element);
    out.push_back(read(element));
  }
  return out;
}

// A schema's int[2] is read by many kernels without a look at its length. Lists that stand for dimensions (int[1]) and
// those whose default is empty may have others.
void check_length(const Arg& arg, size_t length) {
  if (arg.fixed_size < 2 || length == static_cast<size_t>(arg.fixed_size)) return;
  if (length == 0 && arg.has_default && arg.default_value.isList() && arg.default_value.toListRef().empty()) return;
  fail("TORCH_BAD_ARGUMENT",
       "Expected " + std::to_string(arg.fixed_size) + " values for " + arg.name + " but received " + std::to_string(length));
}

c10::IValue to_ivalue(Env& state, napi_env env, napi_value value, const Arg& arg) {
  const char* what = arg.name.c_str();
  if (is_nullish(env, value)) {
    if (arg.has_default && (!arg.kind.optional || arg.default_value.isNone())) return arg.default_value;
    if (arg.kind.optional) {
      napi_valuetype type;
      napi_typeof(env, value, &type);
      return type == napi_undefined && arg.has_default ? arg.default_value : c10::IValue();
    }
    // A generator that is left out is the default one.
    if (arg.kind.base == Base::Generator) return c10::IValue();
    fail("TORCH_BAD_ARGUMENT", "Expected a value for " + arg.name + " but received nothing");
  }
  if (!arg.kind.list) return to_single(state, env, value, arg.kind, what);

  bool is_array = false;
  napi_is_array(env, value, &is_array);
  if (!is_array) {
    if (!arg.kind.broadcast) fail("TORCH_BAD_ARGUMENT", "Expected a list for " + arg.name);
    if (arg.kind.base == Base::Int) return c10::List<int64_t>(std::vector<int64_t>(arg.fixed_size, to_int(env, value, what)));
    if (arg.kind.base == Base::Float) {
      c10::List<double> out;
      for (int i = 0; i < arg.fixed_size; i++) out.push_back(to_double(env, value, what));
      return out;
    }
    fail("TORCH_BAD_ARGUMENT", "Expected a list for " + arg.name);
  }
  switch (arg.kind.base) {
    case Base::Tensor:
      if (arg.kind.optional_elements)
        return to_list<c10::optional<at::Tensor>>(env, value, [&](napi_value e) {
          return is_nullish(env, e) ? c10::optional<at::Tensor>() : c10::optional<at::Tensor>(state.get(to_handle(env, e, what)));
        });
      return to_list<at::Tensor>(env, value, [&](napi_value e) { return state.get(to_handle(env, e, what)); });
    case Base::Int: {
      auto out = to_list<int64_t>(env, value, [&](napi_value e) { return to_int(env, e, what); });
      // PyTorch lets [k] stand for [k, k] where a schema says int[2].
      if (arg.fixed_size > 1 && out.toIntList().size() == 1)
        return c10::List<int64_t>(std::vector<int64_t>(arg.fixed_size, out.toIntList().get(0)));
      check_length(arg, out.toIntList().size());
      return out;
    }
    case Base::Float: return to_list<double>(env, value, [&](napi_value e) { return to_double(env, e, what); });
    case Base::Bool: {
      auto out = to_list<bool>(env, value, [&](napi_value e) { return to_bool(env, e, what); });
      check_length(arg, out.toBoolList().size());
      return out;
    }
    case Base::String: return to_list<std::string>(env, value, [&](napi_value e) { return to_string(env, e, what); });
    case Base::Scalar: {
      uint32_t length = 0;
      napi_get_array_length(env, value, &length);
      c10::impl::GenericList out(c10::NumberType::get());
      for (uint32_t i = 0; i < length; i++) {
        napi_value element;
        napi_get_element(env, value, i, &element);
        out.push_back(to_scalar(env, element, what));
      }
      return out;
    }
    default: fail("TORCH_UNSUPPORTED_ARGUMENT", "a list of this kind cannot be given from JavaScript: " + arg.name);
  }
}

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

}  // namespace

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

std::vector<c10::IValue> arguments_of(Env& state, const Op& op, Call& call) {
  std::vector<c10::IValue> stack;
  stack.reserve(op.args.size());
  napi_value none = undefined(call.env);
  for (size_t i = 0; i < op.args.size(); i++)
    stack.push_back(to_ivalue(state, call.env, i + 1 < call.argc ? call.argv[i + 1] : none, op.args[i]));
  return stack;
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

const Op& op_at(Call& call) {
  Env& state = *env_of(call.env);
  uint32_t id = to_handle(call.env, call.argv[0], "operator");
  if (id >= state.ops.size()) fail("TORCH_BAD_ARGUMENT", "no such operator id");
  return state.ops[id];
}

Failure op_failure(const Op& op, const c10::Error& error, const std::string& shapes) {
  std::string text = sentence_of(error);
  bool memory = text.find("can't allocate memory") != std::string::npos || text.find("out of memory") != std::string::npos;
  return Failure(memory ? "TORCH_OUT_OF_MEMORY" : "TORCH_OP_FAILED", op.name + ": " + text + " (" + shapes + ")");
}

Failure op_failure(const Op& op, const std::exception& error, const std::string& shapes) {
  return Failure("TORCH_OP_FAILED", op.name + ": " + error.what() + " (" + shapes + ")");
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

// findOp(name, overload): the id of an operator, or -1 where this libtorch has none of that name.
napi_value find_op(Call& call) {
  napi_env env = call.env;
  Env& state = *env_of(env);
  std::string name = to_string(env, call.argv[0], "name");
  std::string overload = to_string(env, call.argv[1], "overload");
  std::string key = name + "." + overload;
  auto known = state.op_ids.find(key);
  if (known != state.op_ids.end()) return from_int(env, known->second);
  auto handle = c10::Dispatcher::singleton().findSchema({name, overload});
  if (!handle) return from_int(env, -1);
  uint32_t id = state.ops.size();
  state.ops.push_back(prepare(*handle));
  state.op_ids.emplace(std::move(key), id);
  return from_int(env, id);
}

void set(napi_env env, napi_value object, const char* name, napi_value value) {
  napi_set_named_property(env, object, name, value);
}

napi_value describe_kind(napi_env env, const Kind& kind) {
  static const char* const kNames[] = {"Tensor", "int", "float", "Scalar", "bool", "str", "Device", "Generator", "other"};
  napi_value out;
  napi_create_object(env, &out);
  set(env, out, "base", from_string(env, kNames[static_cast<int>(kind.base)]));
  set(env, out, "optional", from_bool(env, kind.optional));
  set(env, out, "list", from_bool(env, kind.list));
  set(env, out, "optionalElements", from_bool(env, kind.optional_elements));
  set(env, out, "broadcast", from_bool(env, kind.broadcast));
  set(env, out, "enumeration", from_bool(env, kind.enumeration != Enumeration::None));
  return out;
}

// opInfo(id): what the schema says, for JavaScript to choose overloads and to name things by.
napi_value op_info(Call& call) {
  napi_env env = call.env;
  Env& state = *env_of(env);
  const Op& op = op_at(call);
  napi_value out, args, returns;
  napi_create_object(env, &out);
  napi_create_array(env, &args);
  napi_create_array(env, &returns);
  for (size_t i = 0; i < op.args.size(); i++) {
    napi_value arg;
    napi_create_object(env, &arg);
    set(env, arg, "name", from_string(env, op.args[i].name));
    set(env, arg, "kind", describe_kind(env, op.args[i].kind));
    set(env, arg, "kwargOnly", from_bool(env, op.args[i].kwarg_only));
    set(env, arg, "out", from_bool(env, op.args[i].out));
    set(env, arg, "hasDefault", from_bool(env, op.args[i].has_default));
    if (op.args[i].has_default) {
      const auto& value = op.args[i].default_value;
      bool plain = value.isInt() || value.isDouble() || value.isBool() || value.isString() || value.isIntList() || value.isScalar();
      set(env, arg, "default", plain ? from_ivalue(state, env, value) : undefined(env));
    }
    napi_set_element(env, args, i, arg);
  }
  for (size_t i = 0; i < op.returns.size(); i++) {
    napi_value ret = describe_kind(env, op.returns[i].kind);
    set(env, ret, "aliasOf", from_int(env, op.returns[i].alias_of));
    napi_set_element(env, returns, i, ret);
  }
  set(env, out, "name", from_string(env, op.name));
  set(env, out, "args", args);
  set(env, out, "returns", returns);
  return out;
}

// listOps(): ["aten::add.Tensor", …], every operator registered in this process.
napi_value list_ops(Call& call) {
  napi_value out;
  napi_create_array(call.env, &out);
  uint32_t i = 0;
  for (const auto& name : c10::Dispatcher::singleton().getAllOpNames()) {
    auto handle = c10::Dispatcher::singleton().findSchema(name);
    if (!handle) continue;
    std::string text = name.name + (name.overload_name.empty() ? "" : "." + name.overload_name);
    napi_set_element(call.env, out, i++, from_string(call.env, text));
  }
  return out;
}

}  // namespace

void init_dispatch(napi_env env, napi_value exports) {
  define(env, exports, "call", guarded<call_op>);
  define(env, exports, "findOp", guarded<find_op>);
  define(env, exports, "opInfo", guarded<op_info>);
  define(env, exports, "listOps", guarded<list_ops>);
}

}  // namespace semblance
