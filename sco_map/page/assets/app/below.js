// Made from web/ by make web; sources 463b8f056fd0422c4afb90f65d8e8206841d2e062ca149e45cf8403d0af99a63
var o="sco:draw-below",n=".sco-grid";function s(t){let e=t.parentElement.querySelector(n);if(!e)throw new Error("the component of the app has no place for the table");e.given=t,e.dispatchEvent(new Event(o,{bubbles:!0}))}export{s as default};
