import type { V1OwnerReference, V1Secret, V1Service } from '@kubernetes/client-node';
import type { WorkerGroup } from '../executor.ts';
import { groupName, labelNames, labelsOf } from './names.ts';

/** Port at which workers find the first of them; each has an address of its own. */
export const RENDEZVOUS_PORT = 29500;

/** Name of the secret that holds what is kept nowhere else. */
export const secretName = (group: WorkerGroup): string => `${groupName(group)}-env`;

/** The names of the workers' hosts: a service without an address of its own, there before its pods are ready. */
export const rendezvousService = (group: WorkerGroup, owner?: V1OwnerReference): V1Service => ({
  apiVersion: 'v1',
  kind: 'Service',
  metadata: metadataOf(group, groupName(group), owner),
  spec: {
    clusterIP: 'None',
    publishNotReadyAddresses: true,
    selector: { [labelNames.group]: groupName(group) },
    ports: [{ name: 'rendezvous', port: RENDEZVOUS_PORT }],
  },
});

/** Variables that stand in no manifest: the pods refer to this by its name, and it goes when the group's object goes. */
export const environmentSecret = (
  group: WorkerGroup,
  env: Readonly<Record<string, string>>,
  owner?: V1OwnerReference,
): V1Secret => ({
  apiVersion: 'v1',
  kind: 'Secret',
  type: 'Opaque',
  metadata: metadataOf(group, secretName(group), owner),
  immutable: true,
  stringData: { ...env },
});

const metadataOf = (group: WorkerGroup, name: string, owner: V1OwnerReference | undefined) => ({
  name,
  labels: labelsOf(group),
  ...(owner ? { ownerReferences: [owner] } : {}),
});
