------------------------------- MODULE JobLease -------------------------------
(* How a job is leased to a worker, and what is recorded of it. Each action is *)
(* one statement of Queueing/Store/Sql, as atomic as its commit, with what its *)
(* worker learns of it; README.md says which is which. A slow worker is one    *)
(* that takes no step. Things go wrong as often as they like, until it is calm.*)
EXTENDS Naturals, FiniteSets
CONSTANTS Workers, Jobs, Sessions, Slots, MaxAttempts, PoisonLimit, NoSession

VARIABLES
  row,      \* job_ready of each job; ready: whether there is one
  outcome,  \* job_outcome of each job, "none" while there is none
  effects,  \* how often the handler's own write was committed
  alive,    \* worker_session
  session,  \* the session that each worker believes in
  unsure,   \* whether a worker may hold jobs that it doesn't know of
  runs,     \* each worker's handlers; decided: the write that is repeated
  calm      \* nothing goes wrong any more
jobs == <<row, outcome, effects>>
self == <<session, unsure, runs>>
vars == <<jobs, alive, self, calm>>

Gone == [ready |-> FALSE, attempt |-> 0, kills |-> 0, holder |-> NoSession, calledOff |-> FALSE, claim |-> 0]
Init ==
  /\ row = [j \in Jobs |-> [Gone EXCEPT !.ready = TRUE]]
  /\ outcome = [j \in Jobs |-> "none"] /\ effects = [j \in Jobs |-> 0]
  /\ alive = {} /\ session = [w \in Workers |-> NoSession]
  /\ unsure = [w \in Workers |-> FALSE] /\ runs = [w \in Workers |-> {}]
  /\ calm = FALSE

Waits(j) == row[j].ready /\ row[j].holder = NoSession
Wait(j, attempt, kills) ==
  /\ row' = [row EXCEPT ![j].holder = NoSession, ![j].attempt = attempt, ![j].kills = kills, ![j].claim = 0]
  /\ UNCHANGED <<outcome, effects>>
End(j, how) ==
  /\ row' = [row EXCEPT ![j] = Gone] /\ outcome' = [outcome EXCEPT ![j] = how]
  /\ effects' = [effects EXCEPT ![j] = IF how = "completed" THEN @ + 1 ELSE @]
Heard == IF calm THEN {TRUE} ELSE BOOLEAN  \* an answer is lost after the commit

(* Sessions. A name that nothing mentions any more is as good as a new one. *)
Mentioned(s) ==
  \/ s \in alive
  \/ \E j \in Jobs : row[j].holder = s
  \/ \E w \in Workers : session[w] = s \/ \E r \in runs[w] : r.session = s
Open(w) ==
  /\ session[w] = NoSession
  /\ \E s \in {t \in Sessions : ~Mentioned(t)} :
       session' = [session EXCEPT ![w] = s] /\ alive' = alive \union {s}
  /\ UNCHANGED <<jobs, unsure, runs, calm>>
Beat(w) ==  \* the one that finds no row
  /\ session[w] # NoSession /\ session[w] \notin alive
  /\ session' = [session EXCEPT ![w] = NoSession] /\ unsure' = [unsure EXCEPT ![w] = FALSE]
  /\ UNCHANGED <<jobs, alive, runs, calm>>
Lapse(s) ==
  /\ s \in alive
  /\ calm => \A w \in Workers : session[w] # s
  /\ alive' = alive \ {s} /\ UNCHANGED <<jobs, self, calm>>
Die(w, closes) ==  \* and starts again; a clean stop has ended its runs and closes the session
  /\ ~calm /\ session[w] # NoSession
  /\ closes => runs[w] = {}
  /\ alive' = IF closes THEN alive \ {session[w]} ELSE alive
  /\ session' = [session EXCEPT ![w] = NoSession] /\ unsure' = [unsure EXCEPT ![w] = FALSE]
  /\ runs' = [runs EXCEPT ![w] = {}] /\ UNCHANGED <<jobs, calm>>

(* Claims. `claim` tells this claim of a job from those that runs remember; it *)
(* is there to judge the fence, which doesn't know it.                         *)
Fresh(j) == CHOOSE c \in 1..(Slots * Cardinality(Workers) + 1) :
              \A w \in Workers : \A r \in runs[w] : r.job = j => r.claim # c
Claim(w, j) ==
  /\ session[w] \in alive /\ ~unsure[w] /\ Waits(j) /\ Cardinality(runs[w]) < Slots
  /\ row' = [row EXCEPT ![j].holder = session[w], ![j].attempt = @ + 1, ![j].claim = Fresh(j)]
  /\ \E heard \in Heard :
       /\ unsure' = [unsure EXCEPT ![w] = ~heard]
       /\ runs' = [runs EXCEPT ![w] = IF ~heard THEN @ ELSE @ \union
            {[job |-> j, attempt |-> row[j].attempt + 1, session |-> session[w], claim |-> Fresh(j), decided |-> "none"]}]
  /\ UNCHANGED <<outcome, effects, alive, session, calm>>
ReleaseHeld(w) ==
  LET unknown == {j \in Jobs : row[j].holder = session[w] /\
                    ~\E r \in runs[w] : r.job = j /\ r.attempt = row[j].attempt}
  IN /\ unsure[w] /\ session[w] # NoSession
     /\ row' = [j \in Jobs |-> IF j \notin unknown THEN row[j] ELSE IF row[j].calledOff THEN Gone
                  ELSE [row[j] EXCEPT !.holder = NoSession, !.attempt = @ - 1, !.claim = 0]]
     /\ outcome' = [j \in Jobs |-> IF j \in unknown /\ row[j].calledOff THEN "cancelled" ELSE outcome[j]]
     /\ \E heard \in Heard : unsure' = [unsure EXCEPT ![w] = ~heard]
     /\ UNCHANGED <<effects, alive, session, runs, calm>>

(* Writes after a claim. One without an answer is written again, the hand-back *)
(* excepted: its attempt's number may be given to the same session anew.       *)
Fence(r) == row[r.job].ready /\ row[r.job].attempt = r.attempt /\ row[r.job].holder = r.session
May(r, kind) == r.decided = kind \/ (r.decided = "none" /\ (calm => kind = "complete"))
ThenCallOff(r) == {[r EXCEPT !.decided = "call off"]}
Answered(w, r, kind, next) == \E heard \in Heard :
  /\ runs' = [runs EXCEPT ![w] = (@ \ {r}) \union (IF heard THEN next ELSE {[r EXCEPT !.decided = kind]})]
  /\ UNCHANGED <<alive, session, unsure, calm>>
Complete(w, r) ==
  /\ May(r, "complete") /\ Answered(w, r, "complete", {})
  /\ IF Fence(r) THEN End(r.job, "completed") ELSE UNCHANGED jobs
Fail(w, r) ==
  /\ May(r, "fail") /\ Answered(w, r, "fail", {})
  /\ IF Fence(r) THEN End(r.job, "failed") ELSE UNCHANGED jobs
CallOff(w, r) ==
  /\ r.decided = "call off" \/ (r.decided = "none" /\ row[r.job].calledOff)
  /\ Answered(w, r, "call off", {})
  /\ IF Fence(r) /\ row[r.job].calledOff THEN End(r.job, "cancelled") ELSE UNCHANGED jobs
Retry(w, r) ==
  /\ May(r, "retry") /\ r.attempt < MaxAttempts
  /\ IF Fence(r) /\ ~row[r.job].calledOff
     THEN Answered(w, r, "retry", {}) /\ Wait(r.job, r.attempt, row[r.job].kills)
     ELSE Answered(w, r, "retry", ThenCallOff(r)) /\ UNCHANGED jobs
HandBack(w, r) ==
  LET admitted == Fence(r) /\ ~row[r.job].calledOff
  IN /\ r.decided = "none" /\ ~calm
     /\ IF admitted THEN Wait(r.job, r.attempt - 1, row[r.job].kills) ELSE UNCHANGED jobs
     /\ \E heard \in Heard :
          /\ runs' = [runs EXCEPT ![w] = (@ \ {r}) \union (IF heard /\ ~admitted THEN ThenCallOff(r) ELSE {})]
          /\ unsure' = [unsure EXCEPT ![w] = @ \/ ~heard]
     /\ UNCHANGED <<alive, session, calm>>
Abandon(w, r) ==  \* its token is cancelled, for the lease is known to be lost
  /\ r.session # session[w]
  /\ runs' = [runs EXCEPT ![w] = @ \ {r}] /\ UNCHANGED <<jobs, alive, session, unsure, calm>>

Rescue(j) ==
  /\ row[j].holder # NoSession /\ row[j].holder \notin alive
  /\ IF row[j].calledOff THEN End(j, "cancelled")
     ELSE IF row[j].kills + 1 >= PoisonLimit \/ row[j].attempt >= MaxAttempts THEN End(j, "failed")
     ELSE Wait(j, row[j].attempt, row[j].kills + 1)
  /\ UNCHANGED <<alive, self, calm>>
Cancel(j) ==
  /\ row[j].ready /\ ~calm
  /\ IF Waits(j) THEN End(j, "cancelled") ELSE row' = [row EXCEPT ![j].calledOff = TRUE] /\ UNCHANGED <<outcome, effects>>
  /\ UNCHANGED <<alive, self, calm>>
Calm == calm' = TRUE /\ UNCHANGED <<jobs, alive, self>>

Run(w, r) == Complete(w, r) \/ Fail(w, r) \/ CallOff(w, r) \/ Retry(w, r) \/ HandBack(w, r) \/ Abandon(w, r)
Work(w) == Open(w) \/ Beat(w) \/ ReleaseHeld(w) \/ (\E j \in Jobs : Claim(w, j)) \/ (\E r \in runs[w] : Run(w, r))
Keep == (\E s \in Sessions : Lapse(s)) \/ (\E j \in Jobs : Rescue(j))
Next == Keep \/ Calm \/ (\E w \in Workers : Work(w) \/ Die(w, TRUE) \/ Die(w, FALSE)) \/ (\E j \in Jobs : Cancel(j))
Spec == Init /\ [][Next]_vars /\ WF_vars(Keep) /\ \A w \in Workers : WF_vars(Work(w))

NoJobIsLost == \A j \in Jobs : row[j].ready <=> outcome[j] = "none"
AttemptsStayWithinTheLimit == \A j \in Jobs : row[j].attempt \in 0..MaxAttempts
EffectsAreRecordedOnce == \A j \in Jobs : effects[j] = IF outcome[j] = "completed" THEN 1 ELSE 0
CalledOffJobsDoNotWait == \A j \in Jobs : ~(Waits(j) /\ row[j].calledOff)
PoisonEnds == \A j \in Jobs : Waits(j) => row[j].kills < PoisonLimit
StaleWritesChangeNothing ==  \* whom the fence lets through is who holds the job
  \A w \in Workers : \A r \in runs[w] : Fence(r) => row[r.job].claim = r.claim
OutcomesAreFinal == [][\A j \in Jobs : outcome[j] # "none" => outcome'[j] = outcome[j]]_vars
EndedSessionsGetNothing == [][\A j \in Jobs : row'[j].holder \in {row[j].holder, NoSession} \union alive']_vars
EveryJobEnds == calm ~> (\A j \in Jobs : outcome[j] # "none")
===============================================================================
