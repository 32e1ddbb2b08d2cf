// Plain values and handles, from JavaScript and to it. What is not of the kind asked for is TORCH_BAD_ARGUMENT.
#pragma once

#include "call.h"
#include "schema.h"

#include <ATen/ATen.h>

namespace semblance {

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

}  // namespace semblance
