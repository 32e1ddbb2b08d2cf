// Kernels are written once and compiled for each width of vector; the widest this CPU has is chosen at load.
//
// A file declares its `struct Kernels` of function pointers and a macro KERNELS_FOR(name, target) that defines one such
// table of lambdas with that target attribute, and then says KERNELS_OF_EACH_WIDTH: `kernels()` is the table to call.
#pragma once

#include <cstdint>

// Inlined into each table's lambdas, which is what compiles it for their target.
#define KERNEL static inline __attribute__((always_inline)) void

using In = const float* __restrict__;
using Out = float* __restrict__;

// Sixteen floats: a register of AVX-512, two of AVX2.
constexpr int64_t kLanes = 16;
typedef float Vector __attribute__((vector_size(64)));
typedef float Unaligned __attribute__((vector_size(64), aligned(4), may_alias));
#define LOAD(p) (*reinterpret_cast<const Unaligned*>(p))
#define STORE(p) (*reinterpret_cast<Unaligned*>(p))

#ifdef __x86_64__
#define KERNELS_OF_EACH_WIDTH                                                                                       \
  KERNELS_FOR(kPlain, )                                                                                             \
  KERNELS_FOR(kAvx2, __attribute__((target("avx2,fma"))))                                                           \
  KERNELS_FOR(kAvx512, __attribute__((target("avx512f,avx512vl,avx512bw,avx512dq,fma,prefer-vector-width=512"))))   \
  const Kernels& choose() {                                                                                         \
    __builtin_cpu_init();                                                                                           \
    if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512vl")) return kAvx512;                    \
    return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma") ? kAvx2 : kPlain;                        \
  }                                                                                                                 \
  const Kernels& kernels() {                                                                                        \
    static const Kernels& chosen = choose();                                                                        \
    return chosen;                                                                                                  \
  }
#else
#define KERNELS_OF_EACH_WIDTH \
  KERNELS_FOR(kPlain, )       \
  const Kernels& kernels() { return kPlain; }
#endif
