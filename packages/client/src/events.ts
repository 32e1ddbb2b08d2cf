import { EventSourceParserStream } from 'eventsource-parser/stream';

/** The events of a stream, each with its data parsed, until the stream ends or whoever iterates has enough. */
export async function* eventsOf<T extends { event: string; data: unknown }>(
  body: ReadableStream<Uint8Array<ArrayBuffer>>,
): AsyncGenerator<T> {
  const reader = body
    .pipeThrough(new TextDecoderStream())
    .pipeThrough(new EventSourceParserStream())
    .getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      yield { event: value.event ?? 'message', data: JSON.parse(value.data) } as T;
    }
  } finally {
    await reader.cancel();
  }
}
