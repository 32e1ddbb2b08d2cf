"""OpenStack Swift with its S3 API, whole, in one process on loopback ports: a real object store for tests.

    swift-server.py FOLDER        prints `ready PORT` once it answers; ends when its standard input does

Debian's python3-swift has the servers; the folder keeps rings, databases and objects, and goes with the test.
"""
import os
import sys
import threading

folder = os.path.abspath(sys.argv[1])
USER, KEY = 'test:tester', 'testing'

os.makedirs(os.path.join(folder, 'disk', 'sda'), exist_ok=True)
with open(os.path.join(folder, 'swift.conf'), 'w') as file:
    file.write('[swift-hash]\nswift_hash_path_suffix = semblance\n[storage-policy:0]\nname = one\ndefault = yes\n')

from swift.common import utils  # noqa: E402

utils.SWIFT_CONF_FILE = os.path.join(folder, 'swift.conf')
utils.eventlet_monkey_patch()

import eventlet  # noqa: E402
from eventlet import wsgi  # noqa: E402
from swift.common.http_protocol import SwiftHttpProtocol  # noqa: E402
from swift.common.ring import RingBuilder  # noqa: E402
from swift.common.storage_policy import reload_storage_policies  # noqa: E402
from swift.common.wsgi import loadapp  # noqa: E402

reload_storage_policies()
utils.validate_hash_conf()
sockets = {name: eventlet.listen(('127.0.0.1', 0)) for name in ('account', 'container', 'object', 'proxy')}
ports = {name: socket.getsockname()[1] for name, socket in sockets.items()}

for name in ('account', 'container', 'object'):
    builder = RingBuilder(4, 1, 0)
    builder.add_dev({'id': 0, 'region': 1, 'zone': 1, 'ip': '127.0.0.1', 'port': ports[name], 'device': 'sda',
                     'weight': 1, 'replication_ip': '127.0.0.1', 'replication_port': ports[name]})
    builder.rebalance()
    builder.get_ring().save(os.path.join(folder, name + '.ring.gz'))

COMMON = """
[DEFAULT]
swift_dir = {folder}
devices = {folder}/disk
mount_check = false
fallocate_reserve = 0
disable_fallocate = true
log_level = ERROR
log_address = /nowhere
"""
# s3api signs in with tempauth; slo makes one object of the parts of an upload
PROXY = COMMON + """
[pipeline:main]
pipeline = catch_errors gatekeeper cache listing_formats s3api tempauth copy slo dlo proxy-server
[app:proxy-server]
use = egg:swift#proxy
account_autocreate = true
[filter:catch_errors]
use = egg:swift#catch_errors
[filter:gatekeeper]
use = egg:swift#gatekeeper
[filter:cache]
use = egg:swift#memcache
memcache_servers = 127.0.0.1:1
[filter:listing_formats]
use = egg:swift#listing_formats
[filter:s3api]
use = egg:swift#s3api
location = us-east-1
check_bucket_owner = false
s3_acl = false
min_segment_size = 1048576
[filter:tempauth]
use = egg:swift#tempauth
user_test_tester = testing .admin
[filter:copy]
use = egg:swift#copy
[filter:slo]
use = egg:swift#slo
[filter:dlo]
use = egg:swift#dlo
"""
STORAGE = COMMON + """
[app:main]
use = egg:swift#{name}
"""


class Quiet:
    def write(self, _):
        pass

    def flush(self):
        pass


def serve(name):
    path = os.path.join(folder, name + '.conf')
    with open(path, 'w') as file:
        file.write((PROXY if name == 'proxy' else STORAGE).format(folder=folder, name=name))
    app = loadapp(path, global_conf={'log_name': name})
    eventlet.spawn(wsgi.server, sockets[name], app, log=Quiet(), log_output=False, protocol=SwiftHttpProtocol,
                   keepalive=True)


for name in sockets:
    serve(name)
print('ready', ports['proxy'], flush=True)
# the process that started this one holds the other end: when it is gone, however it ended, so is this one
real_read = eventlet.tpool.execute
real_read(sys.stdin.buffer.read)
os._exit(0)
