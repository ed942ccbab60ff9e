export type Params = Readonly<Record<string, string>>;
export type Query = Readonly<Record<string, string | number | undefined>>;

/** The address of an endpoint: parameters in the path, and of the query what has a value. */
export function addressOf(path: string, params: Params = {}, query: Query = {}): string {
  const filled = path.replaceAll(/:(\w+)/g, (_whole, name: string) => {
    const value = params[name];
    if (value === undefined || value === "") throw new Error(`the path ${path} needs ${name}`);
    return encodeURIComponent(value);
  });
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined && value !== "") search.set(name, String(value));
  }
  const text = search.toString();
  return `/api/v1${filled}${text === "" ? "" : `?${text}`}`;
}
