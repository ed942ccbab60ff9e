import { readFileSync } from "node:fs";
import { Ajv2020 } from "ajv/dist/2020.js";
import formats from "ajv-formats";
import { parse } from "yaml";

const DOCUMENT = parse(
  readFileSync(new URL("../contract/liantis-partner-api.yaml", import.meta.url), "utf8"),
) as {
  paths: Record<
    string,
    { get: { responses: Record<string, { content: Record<string, { schema: object }> }> } }
  >;
};

const ajv = new Ajv2020({ strict: false, allErrors: true });
formats.default(ajv);
ajv.addSchema(DOCUMENT, "contract");

/** The first way in which an answer to this path breaks the contract, or null. */
export function breachOf(
  path: string,
  answer: { status: number; contentType: string; body: unknown },
): string | null {
  const responses = DOCUMENT.paths[path]?.get.responses ?? {};
  const content = responses[String(answer.status)]?.content;
  if (content === undefined) return `status ${answer.status} is not in the contract for ${path}`;
  const type = answer.contentType.split(";")[0] ?? "";
  if (content[type] === undefined) return `content type ${type} is not in the contract for ${answer.status}`;
  const pointer = ["paths", path, "get", "responses", String(answer.status), "content", type, "schema"]
    .map((part) => encodeURIComponent(part.replaceAll("~", "~0").replaceAll("/", "~1")))
    .join("/");
  const validate = ajv.compile({ $ref: `contract#/${pointer}` });
  return validate(answer.body) ? null : ajv.errorsText(validate.errors);
}
