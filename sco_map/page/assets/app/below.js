// Made from web/ by make web; sources f8a6369a5b339610baf514e3678e515cb51c95af21ea7f59cbe8d2ca4873f865
var o="sco:draw-below",n=".sco-grid";function s(t){let e=t.parentElement.querySelector(n);if(!e)throw new Error("the component of the app has no place for the table");e.given=t,e.dispatchEvent(new Event(o,{bubbles:!0}))}export{s as default};
