// What an operator's schema says, read once.
#pragma once

#include <ATen/core/dispatch/Dispatcher.h>

#include <cstdint>
#include <string>
#include <vector>

namespace semblance {

// What an argument or result of an operator is.
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

}  // namespace semblance
