/* The worker of an installed kiosk: pages come from the kiosk, always; where it does not answer, a sentence does. */
const PATIENCE_MS = 10_000;

self.addEventListener("install", (event) => event.waitUntil(keep()));
self.addEventListener("activate", (event) => event.waitUntil(takeOver()));
self.addEventListener("fetch", (event) => {
  if (event.request.mode === "navigate" && event.request.method === "GET") event.respondWith(open(event));
  else if (isShell(event.request)) event.respondWith(kept(event.request));
});

/** Only what is the same for everybody, asked for as a stranger. */
async function keep() {
  const shell = await caches.open(KEPT);
  await shell.addAll(SHELL.map((path) => new Request(path, { cache: "reload", credentials: "omit" })));
  await self.skipWaiting();
}

async function takeOver() {
  const names = await caches.keys();
  await Promise.all(names.filter((name) => name.startsWith("kiosk-") && name !== KEPT).map((name) => caches.delete(name)));
  await self.registration.navigationPreload?.enable();
  await self.clients.claim();
}

const isShell = ({ method, url }) => {
  const { origin, pathname } = new URL(url);
  return method === "GET" && origin === location.origin && pathname !== SHELL[0] && SHELL.includes(pathname);
};

async function kept(request) {
  return (await (await caches.open(KEPT)).match(request, { ignoreVary: true })) ?? fetch(request);
}

/** The page that was asked for, or the sentence when nothing answers. */
async function open(event) {
  try {
    return await Promise.race([reach(event), silence()]);
  } catch {
    const sentence = await (await caches.open(KEPT)).match(SHELL[0]);
    return sentence ?? Response.error();
  }
}

async function reach(event) {
  return (await event.preloadResponse) ?? fetch(event.request);
}

const silence = () => new Promise((_, reject) => setTimeout(reject, PATIENCE_MS));
