# Three levels in Chem97: pupils in schools in local education authorities, REML by lme4.
#
#     Rscript nested_Chem97.R Chem97_lea.csv nested_Chem97.json
#
# Writes the authority of every school and the fit. lmer stops when the criterion no longer
# falls; Newton steps with Richardson derivatives then bring theta to its minimum.
suppressMessages({library(lme4); library(jsonlite); library(numDeriv)})
files <- commandArgs(trailingOnly = TRUE)
data(Chem97, package = "mlmRev")
model <- score ~ gcsecnt + (1 | lea) + (1 | school)
parsed <- lFormula(model, Chem97, REML = TRUE)
criterion <- do.call(mkLmerDevfun, parsed)
theta <- getME(lmer(model, Chem97), "theta")
step <- list(d = 0.05)  # relative: the criterion has only 12 digits, a finer step sees their noise
for (i in 1:8) theta <- theta - solve(hessian(criterion, theta), grad(criterion, theta, method.args = step))
gradient <- max(abs(grad(criterion, theta, method.args = step)))
invisible(criterion(theta))  # the fit is read from where it was evaluated last
opt <- list(par = theta, fval = criterion(theta), conv = 0, feval = 0, message = "")
fit <- mkMerMod(environment(criterion), opt, parsed$reTrms, parsed$fr)
levels_of <- function(group) {
  u <- ranef(fit, condVar = TRUE)[[group]]
  list(level = rownames(u), blup = u[[1]], condSD = sqrt(attr(u, "postVar")[1, 1, ]))
}
variance <- as.data.frame(VarCorr(fit))
result <- list(
  formula = deparse(model), versions = list(R = paste(R.version$major, R.version$minor, sep = "."),
    lme4 = as.character(packageVersion("lme4")), mlmRev = as.character(packageVersion("mlmRev"))),
  n = nobs(fit), beta = unname(fixef(fit)), se = sqrt(diag(as.matrix(vcov(fit)))),
  varcomp = setNames(as.list(variance$vcov), variance$grp),
  neg2loglik = unname(REMLcrit(fit)), largest_gradient = gradient,
  lea = levels_of("lea"), school = levels_of("school"))
write(toJSON(result, digits = 12, auto_unbox = TRUE), files[2])
schools <- unique(Chem97[, c("school", "lea")])
write.csv(schools[order(as.integer(as.character(schools$school))), ], files[1], row.names = FALSE, quote = FALSE)
