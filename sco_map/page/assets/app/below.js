// Made from web/ by make web; sources 8da59bf15c43911e2386955f0b790f6e87e2e97903c410053c720cd78246d05c
var o="sco:draw-below",n=".sco-grid";function s(t){let e=t.parentElement.querySelector(n);if(!e)throw new Error("the component of the app has no place for the table");e.given=t,e.dispatchEvent(new Event(o,{bubbles:!0}))}export{s as default};
