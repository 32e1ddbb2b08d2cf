// Operators by name, and what their schemas say of arguments and results.
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

void init_schema(napi_env env, napi_value exports) {
  define(env, exports, "findOp", guarded<find_op>);
  define(env, exports, "opInfo", guarded<op_info>);
  define(env, exports, "listOps", guarded<list_ops>);
}

}  // namespace semblance
