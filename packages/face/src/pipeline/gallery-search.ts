/** One person a search found. */
export interface SearchHit {
  subject: string;
  /** Cosine of the angle between the embeddings: −1 to 1. */
  similarity: number;
  /** Whether it was said of a face still more like this one that it is not theirs: it is no match then. */
  isRefused?: boolean;
  /** The share of strangers who would be so similar to somebody of the gallery, 0 to 1; left out where nothing was measured. */
  falsePositiveRate?: number;
}

/** The stage that says whose an embedding is: what the pipeline asks of a gallery. */
export interface GallerySearch {
  /** Cosine from which a face counts as a subject; null where none was chosen. */
  readonly threshold: number | null;
  /** `modelId` names the model whose embeddings it holds: comparing with another's means nothing. */
  readonly meta: { readonly modelId: string };
  /** The k most similar subjects, each once, best first. */
  search(embedding: Float32Array, k: number): SearchHit[] | Promise<SearchHit[]>;
  /** The same for all faces of a picture at once, where asking once spares something: a way to another thread, say. */
  searchMany?(embeddings: Float32Array[], k: number): Promise<SearchHit[][]>;
}
