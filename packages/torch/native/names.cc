// The names of dtypes, layouts and memory formats, which schemas know as integers.
#include "state.h"

#include <sstream>

namespace semblance {

namespace {

const std::pair<const char*, at::ScalarType> kDtypes[] = {
    {"float32", at::kFloat}, {"float64", at::kDouble},   {"float16", at::kHalf}, {"bfloat16", at::kBFloat16},
    {"int64", at::kLong},    {"int32", at::kInt},        {"int16", at::kShort},  {"int8", at::kChar},
    {"uint8", at::kByte},    {"bool", at::kBool},        {"complex64", at::kComplexFloat},
    {"complex128", at::kComplexDouble},
};

}  // namespace

int64_t to_enum(napi_env env, napi_value value, Enumeration enumeration, const char* what) {
  static const char* const kNames[] = {"", "dtype", "layout", "memory format"};
  const char* kind = kNames[static_cast<int>(enumeration)];
  napi_valuetype type;
  napi_typeof(env, value, &type);
  if (type != napi_string) fail("TORCH_BAD_ARGUMENT", std::string("Expected the name of a ") + kind + " for " + what);
  std::string name = to_string(env, value, what);
  int64_t code;
  if (enum_code(name, enumeration, &code)) return code;
  fail("TORCH_BAD_ARGUMENT", std::string("Expected a ") + kind + " for " + what + " but received \"" + name + "\"");
}

std::string dtype_name(at::ScalarType type) {
  for (auto& [name, code] : kDtypes)
    if (code == type) return name;
  return at::toString(type);
}

bool enum_code(const std::string& name, Enumeration enumeration, int64_t* out) {
  if (enumeration == Enumeration::ScalarType) {
    for (auto& [dtype, code] : kDtypes)
      if (name == dtype) return *out = static_cast<int64_t>(code), true;
  } else if (enumeration == Enumeration::Layout) {
    if (name == "strided") return *out = static_cast<int64_t>(at::Layout::Strided), true;
  } else if (enumeration == Enumeration::MemoryFormat) {
    if (name == "contiguous_format") return *out = static_cast<int64_t>(at::MemoryFormat::Contiguous), true;
    if (name == "preserve_format") return *out = static_cast<int64_t>(at::MemoryFormat::Preserve), true;
    if (name == "channels_last") return *out = static_cast<int64_t>(at::MemoryFormat::ChannelsLast), true;
    if (name == "channels_last_3d") return *out = static_cast<int64_t>(at::MemoryFormat::ChannelsLast3d), true;
  }
  return false;
}

std::string describe(const at::Tensor& tensor) {
  if (!tensor.defined()) return "none";
  std::ostringstream out;
  out << dtype_name(tensor.scalar_type()) << "[";
  for (int64_t i = 0; i < tensor.dim(); i++) out << (i ? "," : "") << tensor.size(i);
  out << "]";
  return out.str();
}

}  // namespace semblance
