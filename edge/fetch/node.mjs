// The service on Node: node node.mjs MODULE CONFIGURATION [PORT]
import { createServer } from "node:http";
import { isLoopback, serviceOf } from "./options.mjs";

const { service, port } = await serviceOf(process.argv.slice(2));

/** What the service looks at of a Request; a real one knows fewer methods. */
function requestOf(message) {
  const headers = new Headers();
  for (let i = 0; i < message.rawHeaders.length; i += 2) headers.append(message.rawHeaders[i], message.rawHeaders[i + 1]);
  return { method: message.method, url: new URL(message.url, "http://localhost").href, headers, body: message };
}

const server = createServer(async (message, reply) => {
  try {
    const response = await service.fetch(requestOf(message), isLoopback(message.socket.remoteAddress));
    reply.writeHead(response.status, [...response.headers]);
    reply.end(new Uint8Array(await response.arrayBuffer()));
  } catch {
    reply.writeHead(400, { "content-type": "application/json" });
    reply.end('{"message":"The request is not well formed."}');
  }
});
server.listen(port, "127.0.0.1", () => console.error(`serving http://127.0.0.1:${server.address().port}`));
for (const signal of ["SIGTERM", "SIGINT"]) {
  process.on(signal, () => {
    service.drain();
    server.close(() => process.exit(0));
    server.closeIdleConnections();
  });
}
