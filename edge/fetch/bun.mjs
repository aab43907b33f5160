// The service on Bun: bun bun.mjs MODULE CONFIGURATION [PORT]
import { isLoopback, serviceOf } from "./options.mjs";

const { service, port } = await serviceOf(process.argv.slice(2));
const server = Bun.serve({
  port,
  hostname: "127.0.0.1",
  fetch: (request) => service.fetch(request, isLoopback(server.requestIP(request)?.address)),
});
console.error(`serving http://127.0.0.1:${server.port}`);
for (const signal of ["SIGTERM", "SIGINT"]) {
  process.on(signal, async () => {
    service.drain();
    await server.stop();
    process.exit(0);
  });
}
