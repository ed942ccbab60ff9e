import type { Adapter, AdapterFactory, AdapterPayload, ClientMetadata } from "oidc-provider";

/**
 * Keeps the data of an OpenID provider in memory. `findClient` is called at each look-up, so that a client's
 * redirect addresses can change while the provider runs.
 */
export function createMemoryAdapter(
  findClient: (clientId: string) => ClientMetadata | undefined,
): AdapterFactory {
  const stored = new Map<string, AdapterPayload>();
  return (model) => createModelAdapter(model, stored, findClient);
}

function createModelAdapter(
  model: string,
  stored: Map<string, AdapterPayload>,
  findClient: (clientId: string) => ClientMetadata | undefined,
): Adapter {
  const keyOf = (id: string) => `${model}:${id}`;
  const findBy = (key: "uid" | "userCode", value: string) =>
    [...stored].find(([name, payload]) => name.startsWith(`${model}:`) && payload[key] === value)?.[1];
  return {
    upsert: async (id, payload) => {
      stored.set(keyOf(id), payload);
    },
    find: async (id) =>
      model === "Client" ? (findClient(id) as AdapterPayload | undefined) : stored.get(keyOf(id)),
    findByUid: async (uid) => findBy("uid", uid),
    findByUserCode: async (userCode) => findBy("userCode", userCode),
    consume: async (id) => {
      const payload = stored.get(keyOf(id));
      if (payload !== undefined) payload.consumed = Math.floor(Date.now() / 1000);
    },
    destroy: async (id) => {
      stored.delete(keyOf(id));
    },
    revokeByGrantId: async (grantId) => {
      for (const [key, payload] of stored) if (payload.grantId === grantId) stored.delete(key);
    },
  };
}
