/** Chromium's DevTools protocol over one WebSocket: commands with answers, events by session. */
type Params = Record<string, unknown>;
type Listener = (params: never) => void;

interface Incoming {
  id?: number;
  sessionId?: string;
  method?: string;
  params?: Params;
  result?: Params;
  error?: { message: string };
}

export class CdpClient {
  readonly #socket: WebSocket;
  readonly #waiting = new Map<number, { resolve: (result: Params) => void; reject: (fault: Error) => void }>();
  readonly #sessions = new Map<string, CdpSession>();
  readonly browser: CdpSession;
  #count = 0;

  private constructor(socket: WebSocket) {
    this.#socket = socket;
    this.browser = new CdpSession(this, undefined);
    socket.addEventListener('message', ({ data }) => { this.#receive(JSON.parse(String(data)) as Incoming); });
    socket.addEventListener('close', () => {
      for (const { reject } of this.#waiting.values()) reject(new Error('the browser has gone'));
      this.#waiting.clear();
    });
  }

  static async connect(endpoint: string): Promise<CdpClient> {
    const socket = new WebSocket(endpoint);
    await new Promise<void>((resolve, reject) => {
      socket.addEventListener('open', () => { resolve(); });
      socket.addEventListener('error', () => { reject(new Error(`no browser at ${endpoint}`)); });
    });
    return new CdpClient(socket);
  }

  session(sessionId: string): CdpSession {
    const session = this.#sessions.get(sessionId) ?? new CdpSession(this, sessionId);
    this.#sessions.set(sessionId, session);
    return session;
  }

  send(method: string, params: Params, sessionId: string | undefined): Promise<Params> {
    this.#count += 1;
    const id = this.#count;
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
      this.#socket.send(JSON.stringify({ id, method, params, ...(sessionId === undefined ? {} : { sessionId }) }));
    });
  }

  close(): void {
    this.#socket.close();
  }

  #receive(message: Incoming): void {
    if (message.id !== undefined) {
      const waiter = this.#waiting.get(message.id);
      this.#waiting.delete(message.id);
      if (message.error) waiter?.reject(new Error(message.error.message));
      else waiter?.resolve(message.result ?? {});
      return;
    }
    const session = message.sessionId === undefined ? this.browser : this.#sessions.get(message.sessionId);
    if (message.method !== undefined) session?.receive(message.method, message.params ?? {});
  }
}

/** Commands and events of one target (a page), or of the browser itself. */
export class CdpSession {
  readonly #client: CdpClient;
  readonly #id: string | undefined;
  readonly #listeners = new Map<string, Listener[]>();

  constructor(client: CdpClient, id: string | undefined) {
    this.#client = client;
    this.#id = id;
  }

  send<Result = Params>(method: string, params: Params = {}): Promise<Result> {
    return this.#client.send(method, params, this.#id) as Promise<Result>;
  }

  /** `Event` is the shape of the event's parameters, as the protocol describes it. */
  // oxlint-disable-next-line typescript/no-unnecessary-type-parameters -- the caller names what the protocol sends
  on<Event>(method: string, listener: (params: Event) => void): void {
    this.#listeners.set(method, [...(this.#listeners.get(method) ?? []), listener]);
  }

  receive(method: string, params: Params): void {
    for (const listener of this.#listeners.get(method) ?? []) listener(params as never);
  }
}
