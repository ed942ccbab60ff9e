import pg from "pg";
const counts = new Map<string, [number, number]>();
const orig = pg.Client.prototype.query as any;
(pg.Client.prototype as any).query = function (...a: any[]) {
  const t = performance.now();
  const text = typeof a[0] === "string" ? a[0] : a[0]?.text ?? "?";
  const r = orig.apply(this, a);
  if (r?.then) r.then(() => { const k = text.slice(0, 60).replace(/\s+/g, " "); const c = counts.get(k) ?? [0, 0]; c[0]++; c[1] += performance.now() - t; counts.set(k, c); }, () => {});
  return r;
};
process.on("exit", () => { for (const [k, v] of [...counts].sort((a, b) => b[1][1] - a[1][1]).slice(0, 30)) console.log(v[0], Math.round(v[1]), (v[1] / v[0]).toFixed(2), k); });
