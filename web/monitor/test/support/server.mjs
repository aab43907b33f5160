// A loopback server for the built page, with its policy as a header, and a stand-in of the API: answers by path, which a test
// may change at any time, and what was posted.
import fs from "node:fs";
import http from "node:http";
import path from "node:path";

const types = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript",
  ".css": "text/css",
  ".svg": "image/svg+xml",
};
const dist = path.resolve(import.meta.dirname, "../../dist");
export const policy = /Content-Security-Policy" content="([^"]+)"/.exec(
  fs.readFileSync(path.join(dist, "index.html"), "utf8"),
)[1];

/** `api.refuse(path)` may give a status to answer with instead. */
export async function serve(answers) {
  const api = { answers, posted: [], asked: [], refuse: () => null };
  const server = http.createServer(async (request, response) => {
    const where = new URL(request.url, "http://x").pathname.slice(1);
    const say = (status, content) =>
      response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(content));
    if (where.startsWith("api/")) {
      api.asked.push(request.url);
      const status = api.refuse(where, request);
      if (status) return say(status, { message: "refused by the test" });
      if (request.method !== "GET") {
        let text = "";
        for await (const part of request) text += part;
        api.posted.push({ path: where, method: request.method, content: JSON.parse(text) });
        return say(200, {});
      }
      const answer = api.answers[decodeURIComponent(where)];
      return answer ? say(200, answer) : say(404, { message: "nothing of this name" });
    }
    const file = path.join(dist, where === "" ? "index.html" : where);
    if (!file.startsWith(dist) || !fs.existsSync(file)) return response.writeHead(404).end();
    response.writeHead(200, {
      "content-type": types[path.extname(file)] ?? "application/octet-stream",
      "content-security-policy": `${policy}; frame-ancestors 'none'`,
    });
    response.end(fs.readFileSync(file));
  });
  const listen = (port) => new Promise((resolve) => server.listen(port, "127.0.0.1", resolve));
  await listen(0);
  const { port } = server.address();
  const close = () => new Promise((resolve) => (server.close(resolve), server.closeAllConnections()));
  return { url: `http://127.0.0.1:${port}/`, api, close, again: () => listen(port) };
}
