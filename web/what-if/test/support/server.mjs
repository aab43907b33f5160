// A loopback server for the built page. It sends the page's own policy as a header too, from a folder below the root.
import fs from "node:fs";
import http from "node:http";
import path from "node:path";

const types = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript",
  ".css": "text/css",
  ".svg": "image/svg+xml",
  ".wasm": "application/wasm",
  ".pmml": "application/xml",
  ".png": "image/png",
  ".webmanifest": "application/manifest+json",
};
export const dist = path.resolve(import.meta.dirname, "../../dist");
export const policy = /Content-Security-Policy" content="([^"]+)"/.exec(
  fs.readFileSync(path.join(dist, "index.html"), "utf8"),
)[1];

/**
 * `changed` holds what to make of a file before it is sent, by its name; `send` may take its time. What is posted goes to
 * `collect` of the answer, if there is one.
 */
export async function serve(changed = new Map(), send = (response, headers, content) => response.writeHead(200, headers).end(content)) {
  const contents = new Map();
  const contentOf = (file) => contents.get(file) ?? contents.set(file, fs.readFileSync(file)).get(file);
  const server = http.createServer((request, response) => {
    if (request.method === "POST") return served.collect ? served.collect(request, response) : response.writeHead(405).end();
    const where = decodeURIComponent(new URL(request.url, "http://x").pathname).replace(/^\/some\/folder/, "");
    const file = path.join(dist, where.endsWith("/") ? `${where}index.html` : where);
    if (!file.startsWith(dist) || !request.url.startsWith("/some/folder/") || !fs.existsSync(file))
      return response.writeHead(404).end();
    const headers = {
      "content-type": types[path.extname(file)] ?? "application/octet-stream",
      "content-security-policy": `${policy}; frame-ancestors 'none'`,
      "x-content-type-options": "nosniff",
    };
    const change = changed.get(where.slice(1));
    send(response, headers, change ? change(contentOf(file)) : contentOf(file));
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  const served = { url: `http://127.0.0.1:${server.address().port}/some/folder/`, changed, collect: null, close: () => server.close() };
  return served;
}
