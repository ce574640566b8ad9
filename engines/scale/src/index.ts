export * from './types.ts'
export { parseScale } from './parse.ts'
export type { ParsedScale } from './parse.ts'
export type { Fault, FaultCode } from './read.ts'
export { assess } from './assess.ts'
export type { AssessOptions } from './assess.ts'
export { askedItems, checkAnswer, isRefusal, isRequired, optionsOf } from './items.ts'
export { formPages, progress, runningTotals } from './form.ts'
export type { FormItem, FormPage, Progress, RunningTotal } from './form.ts'
export { REASSESSMENT_EVENTS, canonicalAnswers, needsReassessment, signatureState, validity } from './process.ts'
export type {
  ProcessProblem, ProcessProblemCode, ReassessmentEvent, ReassessmentQuestion, ReassessmentReason, Signature, SignatureState, Validity, ValidityParams,
} from './process.ts'
export { compare, mayAssessAgain, recheckAssessors, recognise, sameScale, settleDispute } from './recognition.ts'
export type {
  Assessed, AssessmentReason, Comparison, ItemChange, Permission, Recognition, ScaleRef, SecondAssessment, StandingResult,
} from './recognition.ts'
export { FAULT_WORDS, OPEN_WORDS, PROBLEM_WORDS, PROCESS_WORDS, REASON_WORDS, STEP_WORDS, adviceText, fill, readableArgs, stepText } from './words.ts'
export type { Advice, Language } from './words.ts'
