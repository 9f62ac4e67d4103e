using Pac.CentreYear;

return await CommandLine.Run(args);
