export { comingNotice } from './late-file.rules.js';
export { LateFiles } from './late-files.js';
export { OwedFiles, type Debt } from './owed-files.js';
