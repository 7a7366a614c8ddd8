export { IntakeService } from './intake.service.js';
export { RejectService, type RejectedArrival } from './reject.service.js';
