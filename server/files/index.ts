/** Files of questions, recordings and class lists, in and out, on threads of their own. */
export { workOnFile } from './thread.ts';
