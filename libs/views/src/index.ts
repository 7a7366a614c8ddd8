export { CaseDetailView } from './case.view.js';
export { CustomerView, type TypedKeys } from './customer.view.js';
export { InboxView, type Reader } from './inbox.view.js';
export { RejectView } from './reject.view.js';
export { SearchView } from './search.view.js';
export { ReviewView } from './review.view.js';
export { TimelineView } from './timeline.view.js';
export { ViewsModule } from './views.module.js';
