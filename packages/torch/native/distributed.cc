// Rendezvous: stores where ranks find each other, and the process groups made from them.
#include "compat.h"
#include "distributed.h"

#include <netdb.h>
#include <signal.h>
#include <sys/socket.h>
#include <torch/csrc/distributed/c10d/FileStore.hpp>
#include <torch/csrc/distributed/c10d/PrefixStore.hpp>
#include <torch/csrc/distributed/c10d/ProcessGroupGloo.hpp>
#include <torch/csrc/distributed/c10d/TCPStore.hpp>
#include <torch/csrc/distributed/c10d/reducer.hpp>
#include <unistd.h>
#ifdef __linux__
#include <sys/prctl.h>
#endif

namespace semblance {

namespace {
constexpr napi_type_tag kTag = {0x5e3b1a9ce0d15700, 0xc10dc10dc10dc10d};

c10::intrusive_ptr<c10d::Store> to_store(napi_env env, napi_value value) {
  auto store = dist_object(env, value).store;
  if (!store) fail("DIST_NOT_INITIALIZED", "this store has been closed");
  return store;
}

std::chrono::milliseconds to_timeout(Call& call, size_t index) {
  return std::chrono::milliseconds(to_int(call.env, call.argv[index], "timeoutMs"));
}

// A failure while ranks look for each other says so, whatever libtorch calls it.
template <typename Fn>
auto rendezvous(const std::string& where, Fn fn) {
  try {
    return fn();
  } catch (const c10::Error& e) {
    fail("DIST_RENDEZVOUS_FAILED", where + ": " + sentence_of(e));
  } catch (const std::exception& e) {
    fail("DIST_RENDEZVOUS_FAILED", where + ": " + e.what());
  }
}

// tcpStore(host, port, isServer, numWorkers, timeoutMs): the server is one of the workers, or none where somebody
// else serves; waits until all have come.
napi_value tcp_store(Call& call) {
  std::string host = to_string(call.env, call.argv[0], "host");
  c10d::TCPStoreOptions options;
  serve_by_sockets(options, 0);
  options.port = static_cast<uint16_t>(to_int(call.env, call.argv[1], "port"));
  options.isServer = to_bool(call.env, call.argv[2], "isServer");
  options.numWorkers = static_cast<size_t>(to_int(call.env, call.argv[3], "numWorkers"));
  options.timeout = to_timeout(call, 4);
  DistObject object;
  object.store = rendezvous(host + ":" + std::to_string(options.port), [&]() -> c10::intrusive_ptr<c10d::Store> {
    return c10::make_intrusive<c10d::TCPStore>(host, options);
  });
  object.store->setTimeout(options.timeout);
  return wrap_dist(call.env, std::move(object));
}

// fileStore(path, numWorkers, timeoutMs): a file that all ranks can reach and that no earlier run has left.
napi_value file_store(Call& call) {
  std::string path = to_string(call.env, call.argv[0], "path");
  int workers = static_cast<int>(to_int(call.env, call.argv[1], "numWorkers"));
  DistObject object;
  object.store = rendezvous(path, [&]() -> c10::intrusive_ptr<c10d::Store> {
    return c10::make_intrusive<c10d::FileStore>(path, workers);
  });
  object.store->setTimeout(to_timeout(call, 2));
  return wrap_dist(call.env, std::move(object));
}

// prefixStore(prefix, store): the same store with names of its own.
napi_value prefix_store(Call& call) {
  DistObject object;
  object.store = c10::make_intrusive<c10d::PrefixStore>(to_string(call.env, call.argv[0], "prefix"), to_store(call.env, call.argv[1]));
  return wrap_dist(call.env, std::move(object));
}

napi_value store_set(Call& call) {
  std::string value = to_string(call.env, call.argv[2], "value");
  to_store(call.env, call.argv[0])->set(to_string(call.env, call.argv[1], "key"), std::vector<uint8_t>(value.begin(), value.end()));
  return undefined(call.env);
}

// storeGet(store, key): waits until somebody has set it.
napi_value store_get(Call& call) {
  std::string key = to_string(call.env, call.argv[1], "key");
  auto store = to_store(call.env, call.argv[0]);
  auto value = rendezvous("key " + key, [&] { return store->get(key); });
  return from_string(call.env, std::string(value.begin(), value.end()));
}

napi_value store_add(Call& call) {
  return from_int(call.env, to_store(call.env, call.argv[0])->add(to_string(call.env, call.argv[1], "key"), to_int(call.env, call.argv[2], "amount")));
}

// addressTowards(host): this machine's own address on the way to a host: what its peers can reach it by.
napi_value address_towards(Call& call) {
  std::string host = to_string(call.env, call.argv[0], "host");
  addrinfo hints{};
  hints.ai_socktype = SOCK_DGRAM;
  addrinfo* found = nullptr;
  if (getaddrinfo(host.c_str(), "9", &hints, &found) != 0)
    fail("DIST_RENDEZVOUS_FAILED", "the host " + host + " has no address");
  std::string out;
  for (addrinfo* one = found; one && out.empty(); one = one->ai_next) {
    int fd = socket(one->ai_family, one->ai_socktype | SOCK_CLOEXEC, 0);
    if (fd < 0) continue;
    sockaddr_storage own{};
    socklen_t size = sizeof(own);
    char name[NI_MAXHOST];
    // Connecting a datagram socket sends nothing: it only asks the routing table.
    if (connect(fd, one->ai_addr, one->ai_addrlen) == 0 && getsockname(fd, reinterpret_cast<sockaddr*>(&own), &size) == 0 &&
        getnameinfo(reinterpret_cast<sockaddr*>(&own), size, name, sizeof(name), nullptr, 0, NI_NUMERICHOST) == 0)
      out = name;
    close(fd);
  }
  freeaddrinfo(found);
  if (out.empty()) fail("DIST_RENDEZVOUS_FAILED", "there is no way to the host " + host);
  return from_string(call.env, out);
}

// glooGroup(store, rank, size, timeoutMs, interface, address): one of the two last names the way to the peers.
napi_value gloo_group(Call& call) {
  auto store = to_store(call.env, call.argv[0]);
  int rank = static_cast<int>(to_int(call.env, call.argv[1], "rank"));
  int size = static_cast<int>(to_int(call.env, call.argv[2], "worldSize"));
  auto options = c10d::ProcessGroupGloo::Options::create(to_timeout(call, 3));
  DistObject object;
  object.group = rendezvous("rank " + std::to_string(rank) + " of " + std::to_string(size), [&]() -> Group {
    options->devices.push_back(is_nullish(call.env, call.argv[4])
                                   ? c10d::ProcessGroupGloo::createDeviceForHostname(to_string(call.env, call.argv[5], "address"))
                                   : c10d::ProcessGroupGloo::createDeviceForInterface(to_string(call.env, call.argv[4], "interface")));
    return gloo_process_group<c10d::ProcessGroupGloo>(store, rank, size, options);
  });
  object.store = store;
  return wrap_dist(call.env, std::move(object));
}

// distRelease(object): ends a store, a group or a reducer now.
napi_value release(Call& call) {
  dist_object(call.env, call.argv[0]) = DistObject();
  return undefined(call.env);
}

// dieWithParent(pid): this process is killed when its parent ends, however that ends.
napi_value die_with_parent(Call& call) {
#ifdef __linux__
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  // The parent may have ended before the line above.
  if (getppid() != to_int(call.env, call.argv[0], "pid")) raise(SIGKILL);
#endif
  return undefined(call.env);
}

}  // namespace

napi_value wrap_dist(napi_env env, DistObject object) {
  napi_value out;
  auto* held = new DistObject(std::move(object));
  napi_create_external(env, held, [](napi_env, void* data, void*) { delete static_cast<DistObject*>(data); }, nullptr, &out);
  napi_type_tag_object(env, out, &kTag);
  return out;
}

DistObject& dist_object(napi_env env, napi_value value) {
  bool ours = false;
  void* data = nullptr;
  if (napi_check_object_type_tag(env, value, &kTag, &ours) != napi_ok || !ours || napi_get_value_external(env, value, &data) != napi_ok)
    fail("TORCH_BAD_ARGUMENT", "Expected a store, a process group or a reducer");
  return *static_cast<DistObject*>(data);
}

Group to_group(napi_env env, napi_value value) {
  auto group = dist_object(env, value).group;
  if (!group) fail("DIST_NOT_INITIALIZED", "this process group has been destroyed");
  return group;
}

std::vector<at::Tensor> to_tensors(napi_env env, napi_value value) {
  std::vector<at::Tensor> out;
  uint32_t length = 0;
  napi_get_array_length(env, value, &length);
  for (uint32_t i = 0; i < length; i++) {
    napi_value element;
    napi_get_element(env, value, i, &element);
    out.push_back(env_of(env)->get(to_handle(env, element, "tensor")));
  }
  return out;
}

const at::Tensor& tensor_at(Call& call, size_t index) {
  return env_of(call.env)->get(to_handle(call.env, call.argv[index], "tensor"));
}

napi_value put(Call& call, at::Tensor tensor) { return from_int(call.env, env_of(call.env)->put(call.env, std::move(tensor))); }

void init_distributed(napi_env env, napi_value exports) {
  define(env, exports, "tcpStore", guarded<tcp_store>);
  define(env, exports, "fileStore", guarded<file_store>);
  define(env, exports, "prefixStore", guarded<prefix_store>);
  define(env, exports, "storeSet", guarded<store_set>);
  define(env, exports, "storeGet", guarded<store_get>);
  define(env, exports, "storeAdd", guarded<store_add>);
  define(env, exports, "addressTowards", guarded<address_towards>);
  define(env, exports, "glooGroup", guarded<gloo_group>);
  define(env, exports, "distRelease", guarded<release>);
  define(env, exports, "dieWithParent", guarded<die_with_parent>);
  init_collectives(env, exports);
  init_reducer(env, exports);
  init_dist_functions(env, exports);
}

}  // namespace semblance
