// The service on Deno: deno run --allow-read --allow-write --allow-net deno.mjs MODULE CONFIGURATION [PORT]
import { isLoopback, serviceOf } from "./options.mjs";

const { service, port } = await serviceOf(Deno.args);
const server = Deno.serve(
  { port, hostname: "127.0.0.1", onListen: (at) => console.error(`serving http://127.0.0.1:${at.port}`) },
  (request, { remoteAddr }) => service.fetch(request, isLoopback(remoteAddr.hostname)),
);
for (const signal of ["SIGTERM", "SIGINT"]) {
  Deno.addSignalListener(signal, async () => {
    service.drain();
    await server.shutdown();
    Deno.exit(0);
  });
}
