// Which page of what Python hands over the frame has to load. Knows no document.

/** A page by the name of its file, and its text where it comes along; no name while the page is being made. */
export interface Offered {
  readonly page: string | null;
  readonly html: string | null;
}

/** The page that was asked for last, and whether its text has come. */
export interface Arrival {
  readonly page: string | null;
  readonly hasText: boolean;
}

/** Whether to load what is offered: another page, or the text of one that could not be fetched. */
export const isToLoad = ({ page, html }: Offered, last: Arrival): boolean =>
  page !== null && (page !== last.page || (html !== null && !last.hasText));
