import { createApiKey } from "../access/api-keys.ts";
import { AppError } from "../domain/values/app-error.ts";
import {
  assertCustomer,
  type Command,
  customerOfEntity,
  print,
  required,
  requiredId,
  texts,
  UsageError,
  withDatabase,
} from "./command.ts";

export const createApiKeyCommand: Command = {
  help: "--customer ID --role admin|reader [--wages] [--entity ID]…",
  options: {
    customer: { type: "string" },
    role: { type: "string" },
    wages: { type: "boolean" },
    entity: { type: "string", multiple: true },
  },
  run: async ({ options, env, out }) => {
    const customerId = requiredId(options, "customer");
    const role = roleOf(required(options, "role"));
    const entityIds = texts(options, "entity").map((entity) => requiredId({ entity }, "entity"));
    const apiKey = await withDatabase(env, async (db) => {
      await assertCustomer(db, customerId);
      for (const entityId of entityIds) {
        if ((await customerOfEntity(db, entityId)) !== customerId)
          throw new AppError("NOT_FOUND", "The customer has no entity with this id.");
      }
      const key = {
        customerId,
        role,
        entityIds: entityIds.length === 0 ? null : entityIds,
        wages: options["wages"] === true,
      };
      return await createApiKey(db, key, new Date());
    });
    print({ out }, { apiKey });
    return 0;
  },
};

function roleOf(text: string): "admin" | "reader" {
  if (text === "admin" || text === "reader") return text;
  throw new UsageError("--role is admin or reader.");
}
