{{ facts_of('staffing') }}
