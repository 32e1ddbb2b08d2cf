// The engine as a whole: threads, allocator, random numbers, memory counts, build facts.
#include "state.h"

#include <ATen/CPUGeneratorImpl.h>
#include <ATen/Parallel.h>
#include <ATen/Version.h>
#include <c10/macros/Macros.h>
#include <torch/version.h>

namespace semblance {
namespace {

napi_value set_num_threads(Call& call) {
  at::set_num_threads(static_cast<int>(to_int(call.env, call.argv[0], "threads")));
  return undefined(call.env);
}

napi_value set_matmul_precision(Call& call) {
  at::globalContext().setFloat32MatmulPrecision(to_string(call.env, call.argv[0], "matmulPrecision"));
  return undefined(call.env);
}

napi_value set_cudnn_benchmark(Call& call) {
  at::globalContext().setBenchmarkCuDNN(to_bool(call.env, call.argv[0], "cudnnBenchmark"));
  return undefined(call.env);
}

napi_value num_threads(Call& call) { return from_int(call.env, at::get_num_threads()); }

napi_value manual_seed(Call& call) {
  at::manual_seed(static_cast<uint64_t>(to_int(call.env, call.argv[0], "seed")));
  return undefined(call.env);
}

napi_value rng_state(Call& call) {
  auto generator = at::detail::getDefaultCPUGenerator();
  std::lock_guard<std::mutex> lock(generator.mutex());
  return from_int(call.env, env_of(call.env)->put(call.env, generator.get_state()));
}

napi_value set_rng_state(Call& call) {
  auto generator = at::detail::getDefaultCPUGenerator();
  std::lock_guard<std::mutex> lock(generator.mutex());
  generator.set_state(env_of(call.env)->get(to_handle(call.env, call.argv[0], "state")));
  return undefined(call.env);
}

// newGenerator(seed): an index into the environment's generators, of a CPU generator of its own.
napi_value new_generator(Call& call) {
  Env& state = *env_of(call.env);
  auto generator = at::make_generator<at::CPUGeneratorImpl>(static_cast<uint64_t>(to_int(call.env, call.argv[0], "seed")));
  for (size_t i = 1; i < state.generators.size(); i++)
    if (!state.generators[i].defined()) return state.generators[i] = generator, from_int(call.env, i);
  state.generators.push_back(generator);
  return from_int(call.env, state.generators.size() - 1);
}

at::Generator& generator_at(Call& call) {
  Env& state = *env_of(call.env);
  uint32_t index = to_handle(call.env, call.argv[0], "generator");
  if (index == 0 || index >= state.generators.size() || !state.generators[index].defined())
    fail("TORCH_BAD_ARGUMENT", "Expected a Generator");
  return state.generators[index];
}

napi_value seed_generator(Call& call) {
  generator_at(call).set_current_seed(static_cast<uint64_t>(to_int(call.env, call.argv[1], "seed")));
  return undefined(call.env);
}

napi_value generator_state(Call& call) {
  return from_int(call.env, env_of(call.env)->put(call.env, generator_at(call).get_state()));
}

napi_value set_generator_state(Call& call) {
  generator_at(call).set_state(env_of(call.env)->get(to_handle(call.env, call.argv[1], "state")));
  return undefined(call.env);
}

napi_value free_generator(Call& call) {
  generator_at(call) = at::Generator();
  return undefined(call.env);
}

napi_value memory(Call& call) {
  Env& state = *env_of(call.env);
  napi_value out;
  napi_create_object(call.env, &out);
  napi_set_named_property(call.env, out, "tensors", from_int(call.env, state.live_tensors));
  napi_set_named_property(call.env, out, "bytes", from_int(call.env, state.live_bytes));
  napi_set_named_property(call.env, out, "peakBytes", from_int(call.env, state.peak_bytes));
  return out;
}

napi_value build_info(Call& call) {
  napi_value out;
  napi_create_object(call.env, &out);
  napi_set_named_property(call.env, out, "libtorch", from_string(call.env, TORCH_VERSION));
  napi_set_named_property(call.env, out, "config", from_string(call.env, at::show_config()));
  napi_set_named_property(call.env, out, "parallel", from_string(call.env, at::get_parallel_info()));
  napi_set_named_property(call.env, out, "cuda", from_bool(call.env, at::hasCUDA()));
  napi_set_named_property(call.env, out, "mkldnn", from_bool(call.env, at::hasMKLDNN()));
  return out;
}

}  // namespace

void init_runtime(napi_env env, napi_value exports) {
  define(env, exports, "setNumThreads", guarded<set_num_threads>);
  define(env, exports, "setMatmulPrecision", guarded<set_matmul_precision>);
  define(env, exports, "setCudnnBenchmark", guarded<set_cudnn_benchmark>);
  define(env, exports, "numThreads", guarded<num_threads>);
  define(env, exports, "manualSeed", guarded<manual_seed>);
  define(env, exports, "rngState", guarded<rng_state>);
  define(env, exports, "setRngState", guarded<set_rng_state>);
  define(env, exports, "newGenerator", guarded<new_generator>);
  define(env, exports, "seedGenerator", guarded<seed_generator>);
  define(env, exports, "generatorState", guarded<generator_state>);
  define(env, exports, "setGeneratorState", guarded<set_generator_state>);
  define(env, exports, "freeGenerator", guarded<free_generator>);
  define(env, exports, "memory", guarded<memory>);
  define(env, exports, "buildInfo", guarded<build_info>);
}

}  // namespace semblance
