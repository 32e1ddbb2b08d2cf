import { escapeHtml, page } from '@semblance/core/html';
import type { OpenImages } from '../datasets/image-list.ts';
import { figure } from '../evaluate/report-parts.ts';
import { thumbnail } from '../evaluate/thumbnail.ts';
import type { CleanPhoto, CleanResult } from './clean.ts';

/** Photos of a section that are shown; report.json and suspects.csv name all. */
const MAX_SHOWN = 60;

/** The page: what was found, with the photos. */
export async function cleanReport(result: CleanResult, images: OpenImages, title: string): Promise<string> {
  const show = (photo: CleanPhoto, words: string) => showPhoto(images, photo, words);
  const mislabels = await each(result.mislabels, (photo) =>
    show(
      photo,
      `${photo.person} ${photo.similarity.toFixed(2)}; like ${photo.other} ${photo.otherSimilarity.toFixed(2)}`,
    ),
  );
  const outliers = await each(result.outliers, (photo) =>
    show(photo, `${photo.person} ${photo.similarity.toFixed(2)}`),
  );
  const groups: string[] = [];
  for (const group of result.duplicates.slice(0, MAX_SHOWN)) {
    const photos = await each(group, (photo) => show(photo, photo.person));
    groups.push(photosOf(photos));
  }
  const people = result.samePeople.map(
    ({ first, second, similarity }) =>
      `<tr><td>${escapeHtml(first)}</td><td>${escapeHtml(second)}</td><td>${similarity.toFixed(3)}</td></tr>`,
  );
  return page(
    title,
    `<h1>${escapeHtml(title)}</h1>
<p class="lead">What is likely wrong, by the embeddings of the photos. Nothing was changed: look, and decide.</p>
<div class="figures">
${figure(String(result.photos), `photos of ${result.people} people`)}
${figure(String(result.mislabels.length), 'more like another person')}
${figure(String(result.outliers.length), `as unlike their person as a stranger (below ${result.threshold.toFixed(2)})`)}
${figure(String(result.duplicates.length), 'groups of nearly the same picture')}
${figure(String(result.missed.length), 'photos without a face, or unreadable')}
</div>
${section('Likely mislabels', 'The similarity to the own person, and to the one the photo is most like.', result.mislabels.length, photosOf(mislabels))}
${section('Outliers', 'Too unlike their person: somebody else, a bad crop, or a face that can hardly be seen.', result.outliers.length, photosOf(outliers))}
${section('Near-duplicates', 'One picture several times over: of one person it counts twice in training, of two it is a mislabel.', result.duplicates.length, groups.join('<hr>'))}
${section('People who may be one', 'The similarity of their centres.', people.length, `<table>${people.join('')}</table>`)}`,
  );
}

function section(title: string, what: string, count: number, body: string): string {
  const more = count > MAX_SHOWN ? ` The first ${MAX_SHOWN} of ${count}; report.json names all.` : '';
  return count === 0 ? '' : `<h2>${title}</h2><p>${what}${more}</p>${body}`;
}

const photosOf = (figures: readonly string[]): string => `<div class="photos">${figures.join('')}</div>`;

async function each<T>(items: readonly T[], show: (item: T) => Promise<string>): Promise<string[]> {
  const shown: string[] = [];
  for (const item of items.slice(0, MAX_SHOWN)) shown.push(await show(item));
  return shown;
}

async function showPhoto(images: OpenImages, { index, photo }: CleanPhoto, words: string): Promise<string> {
  const caption = `<figcaption>${escapeHtml(words)}<br><small>${escapeHtml(photo)}</small></figcaption>`;
  const url = await thumbnail(images.read(index));
  return `<figure>${url === '' ? '' : `<img src="${url}" alt="">`}${caption}</figure>`;
}
