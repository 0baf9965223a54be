import type { FailureCode } from '../../domain/failures.ts'

/** Entra's own error numbers by what they mean for the person, if that is certain. */
const numbersOf: Partial<Record<FailureCode, readonly number[]>> = {
  // The user pressed Cancel or No.
  'consent-declined': [65004],
  // An administrator has to consent, or to allow the user in.
  'admin-approval-needed': [90093, 90094, 90095, 900941, 900981, 50105],
  // The consent does not cover contacts.
  'permission-missing': [65001],
  // The account is unknown to the tenant, or of the wrong kind (personal, or work and school). Another account may
  // work.
  'different-account': [
    16000, 16001, 16003, 50014, 50020, 50034, 51004, 90072, 90084, 500200, 500207, 500208,
  ],
  // The account, its sign-in method, its device or its network is not allowed. All of 53xxx is conditional access.
  'sign-in-blocked': [
    50002, 50005, 50053, 50055, 50056, 50057, 50072, 50074, 50076, 50078, 50079, 50097, 50125, 50126, 50127,
    50129, 50131, 50135, 50144, 50155, 50158, 50177, 50178, 50187, 53000, 53001, 53002, 53003, 53004, 53010,
    53011, 500021, 500022, 500212, 500213, 530032, 530034, 530035, 1000031,
  ],
  // The app registration, or the address of the authority, is wrong or missing.
  'app-misconfigured': [
    50001, 50011, 50049, 50059, 50128, 50194, 65002, 65005, 70001, 70002, 70003, 70004, 70005, 70007, 70011,
    90002, 90008, 90014, 90019, 90027, 90038, 90124, 90130, 500011, 500112, 650052, 650054, 650056, 650057,
    700005, 700011, 700016, 700022, 700023, 700025, 700027, 900144, 900971, 7000112, 7000215, 7000218,
    7000222, 9001023, 9002313, 9002325, 9002326, 9002327, 9002331, 9002332, 9002346,
  ],
  // The device code was typed too late or incorrectly.
  'consent-timed-out': [70018, 70019, 70020],
  // Entra, or the directory behind it, has a temporary problem.
  'service-unavailable': [40010, 50033, 50087, 50166, 70012, 80002, 80014, 90006, 90012, 90024, 90033, 90090],
  throttled: [50196, 90055],
  // The code belongs to another sign-in.
  'bad-answer': [501481],
  // The session, the code or the access expired, was used or was revoked: signing in again helps.
  'sign-in-expired': [
    50058, 50085, 50089, 50132, 50133, 50139, 50140, 50173, 50199, 54005, 70000, 70008, 70043, 700081, 700082,
    700084,
  ],
}

/**
 * What Entra's error numbers mean, if they change the user's next step (Microsoft docs: "Microsoft Entra authentication
 * and authorization error codes"). They are more specific than the OAuth codes and take precedence over them.
 */
export const codeOfNumber: Readonly<Record<string, FailureCode>> = Object.fromEntries(
  Object.entries(numbersOf).flatMap(([code, numbers]) =>
    numbers.map((number) => [number, code as FailureCode] as const),
  ),
)
