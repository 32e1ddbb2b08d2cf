// The training allocator: what a tensor frees, the next tensor of about that size gets.
//
// A training step asks for the same sizes again and again. glibc gives large blocks back to the kernel, which zeroes
// each page anew; told not to (mallopt), it splits and mixes them, and a long training grows without end. Here every
// block keeps its size: sizes are rounded up to eighths of a power of two, a freed block waits in the list of its
// class, and large blocks are made of huge pages where the kernel has them. What other code asks of malloc is not
// touched.
#include "compat.h"
#include "state.h"

#include <c10/core/CPUAllocator.h>
#include <sys/mman.h>

#include <cstdlib>
#include <map>

namespace semblance {
namespace {

// Below this, glibc's own lists are as fast and waste less.
constexpr size_t kSmallBytes = 32 << 10;
constexpr size_t kHugePage = 2 << 20;
constexpr size_t kPage = 4 << 10;
// Freed blocks may wait up to half of what tensors have held at most, and this much in any case.
constexpr size_t kMinIdleBytes = 64 << 20;
// Vector instructions want 64 bytes; the line before the data says where it came from.
constexpr size_t kLine = 64;
// Blocks begin at different lines of a page: equal ones compete for the same set of the cache.
constexpr size_t kOffsets = 32;

struct Block {
  char* base;
  size_t mapped;
  size_t size;    // rounded: the class
  size_t offset;  // of the data
  uint64_t freed_at = 0;
};

size_t class_of(size_t bytes) {
  const int shift = 63 - __builtin_clzll(bytes) - 3;
  const size_t step = size_t(1) << shift;
  return (bytes + step - 1) & ~(step - 1);
}

class Pool {
 public:
  void* take(size_t bytes) {
    const size_t size = class_of(bytes + kLine);
    std::lock_guard<std::mutex> lock(mutex_);
    Block* block = reuse(size);
    if (!block) {
      trim(std::max(kMinIdleBytes, peak_ / 2));
      block = map(size);
    }
    if (!block) {
      trim(0);
      block = map(size);
    }
    TORCH_CHECK(block, "can't allocate memory: you tried to allocate ", bytes, " bytes");
    in_use_ += block->size;
    peak_ = std::max(peak_, in_use_);
    char* data = block->base + block->offset;
    reinterpret_cast<Block**>(data)[-1] = block;
    return data;
  }

  void give(Block* block) {
    std::lock_guard<std::mutex> lock(mutex_);
    in_use_ -= block->size;
    idle_ += block->size;
    block->freed_at = ++clock_;
    free_[block->size].push_back(block);
  }

  void empty() {
    std::lock_guard<std::mutex> lock(mutex_);
    trim(0);
    peak_ = in_use_;
  }

  size_t idle() {
    std::lock_guard<std::mutex> lock(mutex_);
    return idle_;
  }

 private:
  // The best block that is at most a quarter too large.
  Block* reuse(size_t size) {
    auto found = free_.lower_bound(size);
    if (found == free_.end() || found->first > size + size / 4) return nullptr;
    Block* block = found->second.back();
    found->second.pop_back();
    if (found->second.empty()) free_.erase(found);
    idle_ -= block->size;
    return block;
  }

  // Hands the blocks that have waited longest back to the kernel until at most `limit` bytes wait.
  void trim(size_t limit) {
    while (idle_ > limit) {
      auto oldest = free_.begin();
      for (auto it = free_.begin(); it != free_.end(); ++it)
        if (it->second.front()->freed_at < oldest->second.front()->freed_at) oldest = it;
      Block* block = oldest->second.front();
      oldest->second.pop_front();
      if (oldest->second.empty()) free_.erase(oldest);
      idle_ -= block->size;
      munmap(block->base, block->mapped);
      delete block;
    }
  }

  Block* map(size_t size) {
    const bool huge = size >= kHugePage;
    const size_t unit = huge ? kHugePage : kPage;
    const size_t mapped = (size + kOffsets * kLine + unit - 1) / unit * unit;
    const size_t asked = huge ? mapped + kHugePage : mapped;
    void* got = mmap(nullptr, asked, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (got == MAP_FAILED) return nullptr;
    char* base = static_cast<char*>(got);
    if (huge) {
      const size_t before = (kHugePage - reinterpret_cast<uintptr_t>(base) % kHugePage) % kHugePage;
      if (before) munmap(base, before);
      if (asked - before > mapped) munmap(base + before + mapped, asked - before - mapped);
      base += before;
#ifdef MADV_HUGEPAGE
      madvise(base, mapped, MADV_HUGEPAGE);
#endif
    }
    return new Block{base, mapped, size, kLine * (1 + next_offset_++ % kOffsets)};
  }

  std::mutex mutex_;
  std::map<size_t, std::deque<Block*>> free_;
  size_t in_use_ = 0, peak_ = 0, idle_ = 0;
  size_t next_offset_ = 0;
  uint64_t clock_ = 0;
};

// Never destroyed: tensors may outlive everything.
Pool& pool() {
  static Pool* one = new Pool;
  return *one;
}

void release(void* data) {
  if (!data) return;
  Block* block = static_cast<Block**>(data)[-1];
  if (block)
    pool().give(block);
  else
    std::free(static_cast<char*>(data) - kLine);
}

struct PoolAllocator : CpuAllocator {
  at::DataPtr take(size_t bytes) const override {
    void* data = nullptr;
    if (bytes >= kSmallBytes) {
      data = pool().take(bytes);
    } else if (bytes > 0) {
      void* line = nullptr;
      TORCH_CHECK(posix_memalign(&line, kLine, bytes + kLine) == 0, "can't allocate memory: you tried to allocate ", bytes, " bytes");
      data = static_cast<char*>(line) + kLine;
      static_cast<Block**>(data)[-1] = nullptr;
    }
    return {data, data, &release, at::Device(at::kCPU)};
  }
  at::DeleterFnPtr raw_deleter() const override { return &release; }
};

// keepMemory(keep): whether tensors made from now on come from the pool.
napi_value keep_memory(Call& call) {
  static PoolAllocator* ours = new PoolAllocator;
  static at::Allocator* const theirs = c10::GetCPUAllocator();
  const bool keep = to_bool(call.env, call.argv[0], "keep");
  c10::SetCPUAllocator(keep ? static_cast<at::Allocator*>(ours) : theirs);
  if (!keep) pool().empty();
  return undefined(call.env);
}

napi_value idle_bytes(Call& call) { return from_int(call.env, pool().idle()); }

}  // namespace

void init_allocator(napi_env env, napi_value exports) {
  define(env, exports, "keepMemory", guarded<keep_memory>);
  define(env, exports, "idleBytes", guarded<idle_bytes>);
}

}  // namespace semblance
