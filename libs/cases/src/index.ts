export { IntakeService } from './intake.service.js';
