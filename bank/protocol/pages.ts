/** Where the candidate's page is served, alone or with an exam code below it. */
export const CANDIDATE_PAGE = '/thi';
/** The service worker of that page. It lies beside it, because its folder is the widest that it may serve. */
export const CANDIDATE_WORKER = '/thi-sw.js';
